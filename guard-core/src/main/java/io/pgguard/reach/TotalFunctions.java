package io.pgguard.reach;

import io.pgguard.internal.syntax.tree.SpecialForm.Form;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What of {@code pg_catalog} never fails, whatever its input: an error, whose text may hold a value
 * and whose mere occurrence tells something, cannot come from these. Chosen by reading PostgreSQL
 * 18's documentation, chapter "Functions and Operators". Memory and length limits do not count.
 */
public final class TotalFunctions {
  /** Functions that fail on no argument. */
  public static final Set<String> FUNCTIONS =
      Set.of(
          ("abs age any_value array_dims array_length array_lower"
                  + " array_ndims array_replace array_to_json array_to_string array_upper ascii"
                  + " avg bit_and bit_count bit_length bit_or bit_xor bool_and bool_or btrim"
                  + " cardinality casefold cbrt ceil ceiling char_length character_length"
                  + " col_description concat concat_ws cume_dist date_larger date_smaller"
                  + " dense_rank every family first_value floor format_type host initcap"
                  + " isempty isfinite json_agg json_agg_strict json_build_array"
                  + " json_strip_nulls json_typeof jsonb_agg jsonb_agg_strict"
                  + " jsonb_build_array jsonb_pretty jsonb_strip_nulls"
                  + " jsonb_typeof justify_days justify_hours justify_interval lag last_value"
                  + " lead left lower lower_inc lower_inf ltrim masklen max md5 min mode"
                  + " network num_nonnulls num_nulls numnode obj_description octet_length"
                  + " percent_rank pg_collation_for pg_column_size pg_get_constraintdef"
                  + " pg_get_expr pg_get_function_arguments pg_get_function_identity_arguments"
                  + " pg_get_function_result pg_get_indexdef pg_get_userbyid pg_get_viewdef"
                  + " pg_size_pretty pg_typeof position quote_ident quote_literal"
                  + " quote_nullable range_agg rank regr_count replace reverse right row_number"
                  + " row_to_json rtrim scale sha224 sha256 sha384 sha512 sign starts_with"
                  + " stddev stddev_pop stddev_samp string_agg string_to_array string_to_table"
                  + " strpos sum text to_hex to_json to_jsonb translate trim_scale unnest upper"
                  + " upper_inc upper_inf var_pop var_samp variance xmlagg xmltext")
              .split(" "));

  /**
   * Functions that fail on no value of their first arguments while those from the given position on
   * are constants: lengths, patterns, fields, formats.
   */
  public static final Map<String, Integer> CONSTANT_FROM =
      Map.ofEntries(
          Map.entry("substr", 1),
          Map.entry("substring", 1),
          Map.entry("overlay", 1),
          Map.entry("split_part", 1),
          Map.entry("lpad", 1),
          Map.entry("rpad", 1),
          Map.entry("encode", 1),
          Map.entry("normalize", 1),
          Map.entry("round", 1),
          Map.entry("trunc", 1),
          Map.entry("to_char", 1),
          Map.entry("date_trunc", 0),
          Map.entry("date_part", 0),
          Map.entry("extract", 0),
          Map.entry("regexp_count", 1),
          Map.entry("regexp_instr", 1),
          Map.entry("regexp_like", 1),
          Map.entry("regexp_match", 1),
          Map.entry("regexp_matches", 1),
          Map.entry("regexp_replace", 1),
          Map.entry("regexp_split_to_array", 1),
          Map.entry("regexp_split_to_table", 1),
          Map.entry("regexp_substr", 1),
          Map.entry("nth_value", 1),
          Map.entry("percentile_cont", 0),
          Map.entry("percentile_disc", 0));

  /** Of those, the ones of which the first argument alone must be a constant. */
  public static final Set<String> CONSTANT_ONLY_FIRST =
      Set.of("date_trunc", "date_part", "extract", "percentile_cont", "percentile_disc");

  /** Operators that fail on no operand. */
  public static final Set<String> OPERATORS =
      Set.of(
          "=", "<>", "<", ">", "<=", ">=", "->", "->>", "#>", "#>>", "@>", "<@", "&&", "?", "?|",
          "?&", "@?", "@@", "^@", "@");

  /** Operators that fail on no left operand while the right one is a constant. */
  public static final Set<String> PATTERN_OPERATORS =
      Set.of("~", "~*", "!~", "!~*", "~~", "~~*", "!~~", "!~~*");

  /** Types that every value can be cast to. */
  public static final Set<String> TYPES = Set.of("text", "varchar", "bpchar", "name");

  /** Constructs of the grammar that fail on no input. */
  public static final Set<Form> FORMS =
      EnumSet.of(
          Form.COALESCE,
          Form.GREATEST,
          Form.LEAST,
          Form.NULLIF,
          Form.MERGE_ACTION,
          Form.XMLCONCAT,
          Form.XMLELEMENT,
          Form.XMLFOREST,
          Form.JSON_SCALAR);

  private TotalFunctions() {}
}
