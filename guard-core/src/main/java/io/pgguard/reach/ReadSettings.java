package io.pgguard.reach;

import io.pgguard.catalog.AttachedCode;
import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Refers;
import io.pgguard.catalog.Relation;
import io.pgguard.wording.ReachWording;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which code of a database reads a setting, so that whoever sets it would change what row policies
 * show, what views hold and what functions do. Stored code tells by its tree, bodies by their
 * words; where a body works a name out, or cannot be read, it may read any. Stateless.
 */
final class ReadSettings {
  static final String READS = "current_setting";

  /** What reads settings by other ways than {@code current_setting}. */
  static final Set<String> SHOWS = Set.of("pg_settings", "pg_show_all_settings");

  /**
   * What begins the settings of modules that bring no functions which the catalog tells of, or that
   * came with the server: how code of theirs runs and what is recorded is the operator's to say.
   */
  private static final Set<String> MODULES =
      Set.of(
          ("anon auto_explain cron citus login_hook pg_hint_plan pg_qualstats pg_stat_kcache"
                  + " pg_stat_monitor pg_stat_statements pgaudit pgtle pljava plperl plpgsql"
                  + " plpython plpython3 plrust pltcl plv8 rds safeupdate sepgsql session_variable"
                  + " set_user supautils timescaledb")
              .split(" "));

  /** What people set of extensions, as it only says how near things must be to be like. */
  private static final Set<String> OF_EXTENSIONS =
      Set.of(
          "pg_trgm.similarity_threshold",
          "pg_trgm.strict_word_similarity_threshold",
          "pg_trgm.word_similarity_threshold");

  private ReadSettings() {}

  /** What reads a setting of an application's own, or may do so; empty where nothing does. */
  static Optional<String> custom(String setting, Catalog catalog) {
    String module = setting.substring(0, setting.indexOf('.'));
    if (!OF_EXTENSIONS.contains(setting)
        && (MODULES.contains(module)
            || catalog.functions().stream().anyMatch(f -> module.equals(f.extension())))) {
      return Optional.of(ReachWording.SETTING_OF_MODULE.words(setting, module));
    }
    return byPieces(setting, catalog, false)
        .or(() -> byTypes(setting, catalog))
        .or(() -> byOperators(setting, catalog))
        .or(
            () ->
                catalog.functions().stream()
                    .map(f -> SettingBodies.reads(f, setting, catalog))
                    .flatMap(Optional::stream)
                    .findFirst());
  }

  /** What row policy or view reads a setting by its name, whether PostgreSQL's own or not. */
  static Optional<String> byPolicies(String setting, Catalog catalog) {
    return byPieces(setting, catalog, true);
  }

  /**
   * @param named whether row policies and views alone count, and those that name the setting
   */
  private static Optional<String> byPieces(String setting, Catalog catalog, boolean named) {
    for (Relation relation : catalog.relations()) {
      if (Function.builtIn(relation.oid())) {
        continue;
      }
      for (AttachedCode piece : catalog.code().ofRelation(relation.oid())) {
        Refers refers = piece.refers();
        boolean shows =
            piece.part() == AttachedCode.Part.POLICY || piece.part() == AttachedCode.Part.VIEW;
        if (named && !shows) {
          continue;
        }
        String where = RelationCode.words(relation, piece);
        if (refers.settings().contains(setting)) {
          return Optional.of(ReachWording.SETTING_READ.words(where, setting));
        }
        if (named) {
          Optional<String> called = SettingBodies.called(refers.functions(), setting, catalog);
          if (called.isPresent()) {
            return called;
          }
        } else if (refers.settings().contains(Refers.ANY) || shows(refers, catalog)) {
          return Optional.of(ReachWording.SETTING_MAY_BE_READ.words(where, setting));
        }
      }
      if (!named && relation.dependsOn().stream().anyMatch(oid -> isSettings(oid, catalog))) {
        return Optional.of(
            ReachWording.SETTING_MAY_BE_READ.words(relation.qualifiedName(), setting));
      }
    }
    return Optional.empty();
  }

  /** A domain's default and checks do not tell which settings they read. */
  private static Optional<String> byTypes(String setting, Catalog catalog) {
    return catalog.types().stream()
        .filter(type -> !Function.builtIn(type.oid()))
        .filter(type -> reads(catalog.code().ofType(type.oid()).forms(), catalog))
        .findFirst()
        .map(type -> ReachWording.TYPE.words(type.schema() + "." + type.name()))
        .map(where -> ReachWording.SETTING_MAY_BE_READ.words(where, setting));
  }

  /** One that stands for {@code current_setting} reads what its operand names. */
  private static Optional<String> byOperators(String setting, Catalog catalog) {
    return catalog.operators().stream()
        .filter(operator -> reads(Set.of(operator.functionOid()), catalog))
        .findFirst()
        .map(o -> ReachWording.OPERATOR.words(o.schema() + "." + o.name()))
        .map(where -> ReachWording.SETTING_MAY_BE_READ.words(where, setting));
  }

  /** Whether one of PostgreSQL's own functions among these reads settings. */
  static boolean reads(Set<Integer> functions, Catalog catalog) {
    return functions.stream()
        .anyMatch(oid -> isOwn(oid, catalog, n -> n.equals(READS) || SHOWS.contains(n)));
  }

  private static boolean shows(Refers refers, Catalog catalog) {
    return refers.relations().stream().anyMatch(oid -> isSettings(oid, catalog))
        || refers.functions().stream()
            .anyMatch(
                oid -> isOwn(oid, catalog, n -> SHOWS.contains(n) || RefusedFunctions.runsText(n)));
  }

  private static boolean isOwn(int oid, Catalog catalog, Predicate<String> name) {
    return Function.builtIn(oid)
        && catalog.function(oid).filter(f -> name.test(f.name())).isPresent();
  }

  private static boolean isSettings(int oid, Catalog catalog) {
    return Function.builtIn(oid)
        && catalog.relation(oid).filter(r -> SHOWS.contains(r.name())).isPresent();
  }
}
