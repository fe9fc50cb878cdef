package io.pgguard.internal.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.Select;
import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Constructs one by one, with the structure that is expected of each. */
class SyntaxParserTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '`',
      textBlock =
          """
          a.b.c § a.b.c
          t.* § t.*
          (t).* § (RowExpansion operand=t)
          (t.c).ssn § (FieldSelection operand=t.c field=ssn)
          a[1:2].f § (FieldSelection operand=(Subscript operand=a slice lower=1 upper=2) field=f)
          $1.f § (FieldSelection operand=$1 field=f)
          "A".b § A.b
          1 + 2 * 3 § (Operation operator=+ operands=[1 (Operation operator=* operands=[2 3])])
          a || b || c § (Operation operator=|| operands=[a b c])
          a - b - c § (Operation operator=- operands=[a b c])
          - a ^ b § (Operation operator=^ operands=[(Operation operator=- operands=[a]) b])
          - a::int § (Operation operator=- operands=[(Cast operand=a type=(TypeName name=pg_catalog.int4))])
          a != b § (Operation operator=<> operands=[a b])
          a OPERATOR(s.+) b § (Operation operator=s.+ operands=[a b])
          NOT a AND b OR c § (Logical terms=[(Logical and terms=[(Not operand=a) b]) c])
          a = ANY (b) § (QuantifiedArray left=a operator== array=b)
          a LIKE ALL (b) § (QuantifiedArray left=a operator=~~ all array=b)
          a NOT LIKE b ESCAPE c § (Like kind=LIKE operand=a pattern=b escape=c negated)
          a NOT IN (1, 2) § (InList operand=a values=[1 2] negated)
          a BETWEEN SYMMETRIC 1 AND 2 AND b § (Logical and terms=[(Between operand=a low=1 high=2 symmetric) b])
          a IS NOT DISTINCT FROM b § (IsDistinct left=a right=b negated)
          a IS JSON OBJECT § (IsTest operand=a kind=JSON detail=object)
          a AT TIME ZONE 'x' § (FunctionCall name=pg_catalog.timezone arguments=['x' a] special)
          a COLLATE s."C" § (Collate operand=a collation=s.C)
          f() § (FunctionCall name=f)
          s.f(*) § (FunctionCall name=s.f star)
          f(DISTINCT a ORDER BY b DESC) § (FunctionCall name=f arguments=[a] distinct orderBy=[(SortKey value=b descending)])
          f(x => 1, VARIADIC y := a) § (FunctionCall name=f arguments=[x=>1 y=>a] variadic)
          f(a) FILTER (WHERE b) OVER w § (FunctionCall name=f arguments=[a] filter=b over=(WindowSpec name=w))
          f(a) IGNORE NULLS OVER w § (FunctionCall name=f arguments=[a] ignoreNulls over=(WindowSpec name=w))
          f(a) FILTER (WHERE b) RESPECT NULLS OVER (ORDER BY a) § (FunctionCall name=f arguments=[a] filter=b over=(WindowSpec orderBy=[(SortKey value=a)]))
          ignore § ignore
          respect(nulls) § (FunctionCall name=respect arguments=[nulls])
          f(1) WITHIN GROUP (ORDER BY a) § (FunctionCall name=f arguments=[1] orderBy=[(SortKey value=a)] withinGroup)
          left(a, 1) § (FunctionCall name=left arguments=[a 1])
          date '2020-01-01' § (Cast operand='2020-01-01' type=(TypeName name=date))
          interval '1' day to second § (Cast operand='1' type=(TypeName name=pg_catalog.interval fields=DAY TO SECOND))
          numeric(3,1) '1' § (Cast operand='1' type=(TypeName name=pg_catalog.numeric modifiers=[3 1]))
          CAST(a AS text[]) § (Cast operand=a type=(TypeName name=text dimensions=1))
          extract(year FROM a) § (FunctionCall name=pg_catalog.extract arguments=['year' a] special)
          trim(LEADING 'x' FROM a) § (FunctionCall name=pg_catalog.ltrim arguments=[a 'x'] special)
          substring(a FOR 2) § (FunctionCall name=pg_catalog.substring arguments=[a 1 2] special)
          position(a IN b) § (FunctionCall name=pg_catalog.position arguments=[b a] special)
          overlay(a PLACING b FROM 1) § (FunctionCall name=pg_catalog.overlay arguments=[a b 1] special)
          coalesce(a, b) § (SpecialForm form=COALESCE arguments=[a b])
          current_user § (SpecialForm form=CURRENT_USER)
          (a, b) § (Row fields=[a b])
          ROW() § (Row explicit)
          (a, b) OVERLAPS (c, d) § (FunctionCall name=pg_catalog.overlaps arguments=[a b c d] special)
          ARRAY[[1], [a]] § (ArrayValue elements=[(ArrayValue elements=[1]) (ArrayValue elements=[a])])
          CASE a WHEN 1 THEN b ELSE c END § (Case operand=a whens=[(When condition=1 result=b)] otherwise=c)
          json_object('a': b) § (SpecialForm form=JSON_OBJECT arguments=['a' b])
          json_value(a, '$' RETURNING int DEFAULT b ON EMPTY) § (SpecialForm form=JSON_VALUE arguments=[a '$' b] type=(TypeName name=pg_catalog.int4))
          xmlelement(name x, xmlattributes(a AS y), b) § (SpecialForm form=XMLELEMENT arguments=[y=>a b])
          """)
  void expression_hasStructure(String text, String expected) throws LexicalException {
    Query query = assertInstanceOf(Query.class, statement("SELECT " + text));
    Select select = assertInstanceOf(Select.class, query.body());
    assertEquals(expected, Outline.of(select.targets().get(0)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a,",
        "SELECT a < b < c",
        "SELECT a LIKE b LIKE c",
        "SELECT f(x)[1]",
        "SELECT ARRAY[1][1]",
        "SELECT a year",
        "SELECT select",
        "SELECT * FROM (t)",
        "SELECT * FROM t JOIN u",
        "SELECT format json",
        "(SELECT 1 LIMIT 1) LIMIT 2",
        "(SELECT 1 ORDER BY 1) ORDER BY 1",
        "INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE",
        "UPDATE t SET a",
        "MERGE INTO t USING s ON a WHEN NOT MATCHED THEN DELETE",
        "SELECT 1; SELECT 2",
        "DROP TABLE t",
        ""
      })
  void textThatPostgresRefusesToo_isNotParsed(String text) throws LexicalException {
    assertInstanceOf(ParseResult.NotParsed.class, SyntaxParser.parse(Lexer.lex(text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT § (Query body=(Select ))
          TABLE t § (Query body=(Select targets=[*] from=[(RelationItem name=t)]))
          ((SELECT 1)) LIMIT 2 § (Query body=(Select targets=[1]) limit=2)
          VALUES (1, a), (2, DEFAULT) § (Query body=(Values rows=[(Row fields=[1 a]) (Row fields=[2 (DefaultValue )])]))
          SELECT FROM a UNION SELECT FROM b UNION SELECT FROM c § (Query body=(SetOperation kind=UNION branches=[(Query body=(Select from=[(RelationItem name=a)])) (Query body=(Select from=[(RelationItem name=b)])) (Query body=(Select from=[(RelationItem name=c)]))]))
          SELECT FROM a NATURAL JOIN b § (Query body=(Select from=[(Join kind=INNER natural left=(RelationItem name=a) right=(RelationItem name=b))]))
          SELECT FROM a JOIN b JOIN c USING (x) AS j ON y § (Query body=(Select from=[(Join kind=INNER left=(RelationItem name=a) right=(Join kind=INNER left=(RelationItem name=b) right=(RelationItem name=c) using=[x] usingAlias=(Alias name=j)) on=y)]))
          SELECT FROM ONLY a.b AS c (d, e) § (Query body=(Select from=[(RelationItem name=a.b only alias=(Alias name=c columns=[d e]))]))
          SELECT FROM LATERAL (SELECT) x § (Query body=(Select from=[(SubqueryItem lateral query=(Query body=(Select )) alias=(Alias name=x))]))
          SELECT FROM f(1) WITH ORDINALITY g(a) § (Query body=(Select from=[(FunctionItem functions=[(FunctionColumns call=(FunctionCall name=f arguments=[1]))] ordinality alias=(Alias name=g columns=[a]))]))
          SELECT FROM f() AS (a int) § (Query body=(Select from=[(FunctionItem functions=[(FunctionColumns call=(FunctionCall name=f))] definitions=[(ColumnDefinition name=a type=(TypeName name=pg_catalog.int4))])]))
          DELETE FROM t USING u WHERE CURRENT OF c § (Delete relation=(RelationItem name=t) using=[(RelationItem name=u)] where=(CurrentOf cursor=c))
          UPDATE t x SET (a, b[1]) = (SELECT 1, 2), c.d = 3 § (Update relation=(RelationItem name=t alias=(Alias name=x)) assignments=[(Assignment targets=[(AssignmentTarget column=a) (AssignmentTarget column=b path=[(Accessor lower=1)])] multiple value=(ScalarSubquery query=(Query body=(Select targets=[1 2])))) (Assignment targets=[(AssignmentTarget column=c path=[(Accessor field=d)])] value=3)])
          INSERT INTO t DEFAULT VALUES RETURNING WITH (OLD AS o) o.* § (Insert relation=t returning=(Returning oldAlias=o targets=[o.*]))
          MERGE INTO t USING s ON a WHEN NOT MATCHED BY SOURCE THEN DELETE § (Merge relation=(RelationItem name=t) source=(RelationItem name=s) on=a whens=[(MergeWhen match=NOT_MATCHED_BY_SOURCE action=DELETE)])
          EXPLAIN (ANALYZE, FORMAT json) SELECT § (Explain options=[(Option name=analyze) (Option name=format values=[json])] statement=(Query body=(Select )))
          DECLARE c CURSOR WITH HOLD FOR SELECT § (DeclareCursor name=c hold query=(Query body=(Select )))
          COPY t (a) TO STDOUT WITH CSV HEADER § (Copy relation=t columns=[a] place=CLIENT options=[(Option name=format values=[csv]) (Option name=header)])
          PREPARE p(int) AS SELECT $1 § (Prepare name=p types=[(TypeName name=pg_catalog.int4)] statement=(Query body=(Select targets=[$1])))
          CREATE TEMP TABLE x (a) AS EXECUTE p(1) § (CreateTableAs name=x temporary columns=[a] source=(Execute name=p arguments=[1]) withData)
          """)
  void statement_hasStructure(String text, String expected) throws LexicalException {
    assertEquals(expected, Outline.of(statement(text)));
  }

  @Test
  void functionBody_isListOfStatements() throws LexicalException {
    assertEquals(
        "[(ReturnBody value=a)]",
        Outline.of(SyntaxParser.parseAll(Lexer.lex("RETURN a")).orElseThrow()));
    assertEquals(
        2,
        SyntaxParser.parseAll(Lexer.lex("BEGIN ATOMIC SELECT 1; DELETE FROM t; END"))
            .orElseThrow()
            .size());
    assertEquals(
        2, SyntaxParser.parseAll(Lexer.lex(";SELECT 1; ; SELECT 2;")).orElseThrow().size());
  }

  private static Object statement(String text) throws LexicalException {
    ParseResult result = SyntaxParser.parse(Lexer.lex(text));
    return assertInstanceOf(ParseResult.Parsed.class, result, result::toString).statement();
  }
}
