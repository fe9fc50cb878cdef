-- The schema of the worlds: protected columns of every kind of type, and the owner's code wherever a statement can set it off.
-- Run as worlds_owner after the types; the relation vault is made from values.tsv.
CREATE TABLE plain (id int PRIMARY KEY, k text, v int, n numeric, d date, j jsonb, ok bool, ts timestamptz, tags text[]);
CREATE TABLE sink (id int DEFAULT 7, t text, v int, n numeric, j jsonb, at date DEFAULT '2020-01-01');
CREATE TABLE person (id int PRIMARY KEY, name text NOT NULL, grp int, email text, phone text, ssn text, token text,
  salary numeric(12,2), bonus int, born date, note text, boss int REFERENCES person);
CREATE TABLE pay (id int PRIMARY KEY, person_id int REFERENCES person ON DELETE CASCADE ON UPDATE CASCADE, amount numeric, price numeric, qty int,
  at date, memo text, token text);
CREATE TABLE uniq (id int PRIMARY KEY, code text UNIQUE, label text);
CREATE TABLE parent (code text PRIMARY KEY, label text);
CREATE TABLE child (id int PRIMARY KEY, code text REFERENCES parent ON UPDATE CASCADE ON DELETE CASCADE, v int);
CREATE TABLE checked (id int PRIMARY KEY, secret int, bid int, CHECK (bid IS NULL OR secret IS NULL OR bid < secret));
CREATE TABLE generated (id int PRIMARY KEY, secret text, area text GENERATED ALWAYS AS (left(secret, 1)) STORED, label text);
CREATE TABLE indexed (id int PRIMARY KEY, secret int, divisor int DEFAULT 1, label text);
CREATE INDEX ON indexed ((secret / divisor));
CREATE INDEX ON indexed (id) WHERE secret / divisor > 0;
CREATE TABLE part (id int, k text, v int) PARTITION BY RANGE (k);
CREATE TABLE part_low PARTITION OF part FOR VALUES FROM (MINVALUE) TO ('m');
CREATE TABLE part_high PARTITION OF part FOR VALUES FROM ('m') TO (MAXVALUE);
CREATE TABLE listed (id int, k int, v text) PARTITION BY LIST (k);
CREATE TABLE listed_one PARTITION OF listed FOR VALUES IN (1);
CREATE TABLE listed_rest PARTITION OF listed DEFAULT;
CREATE TABLE base (id int, secret text, v int);
CREATE TABLE derived (extra text) INHERITS (base);
CREATE TABLE ruled (id int PRIMARY KEY, label text, secret text);
CREATE TABLE rowed (id int PRIMARY KEY, label text, secret int, owner text);
ALTER TABLE rowed ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY rowed_all ON rowed USING (id > 0) WITH CHECK (id > 0);
CREATE TABLE triggered (id int PRIMARY KEY, label text, secret text);
CREATE TABLE measured (id int PRIMARY KEY, reading float8, level real, at timestamptz, label text);
CREATE TABLE holder (id int PRIMARY KEY, p person, ps person[]);
CREATE TABLE excluded (id int PRIMARY KEY, during int4range, EXCLUDE USING gist (during WITH &&));
CREATE TABLE deferred (id int PRIMARY KEY, code text UNIQUE DEFERRABLE INITIALLY DEFERRED, v int);
CREATE SEQUENCE counter;
-- What rules of the policy speak of, and what detectors find.
CREATE TABLE crowd (id int PRIMARY KEY, boss int REFERENCES crowd ON DELETE CASCADE, v int);
CREATE TABLE keeper (id int PRIMARY KEY, label text);
CREATE TABLE kept (id int PRIMARY KEY, keeper int REFERENCES keeper ON DELETE CASCADE ON UPDATE CASCADE, v int DEFAULT 0);
CREATE TABLE cards (id int PRIMARY KEY, body text);
CREATE FUNCTION forbidden(int) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''forbidden '' || ''ran''';

CREATE VIEW v_person AS SELECT * FROM person;
CREATE VIEW v_names AS SELECT id, name, grp, note FROM person;
CREATE VIEW v_nested AS SELECT v.id, v.name, v.ssn AS number, v.salary * 2 AS twice FROM v_person v;
CREATE VIEW v_barrier WITH (security_barrier) AS SELECT id, name, ssn, grp FROM person WHERE grp < 3;
CREATE VIEW v_pay AS SELECT p.name, y.amount, y.price / NULLIF(y.qty, 0) AS each FROM person p JOIN pay y ON y.person_id = p.id;
CREATE VIEW v_checked AS SELECT * FROM rowed WHERE id > 0 WITH CASCADED CHECK OPTION;
CREATE VIEW v_sums AS SELECT grp, count(*) AS n, count(ssn) AS known, sum(salary) AS salaries FROM person GROUP BY grp;
CREATE VIEW v_union AS SELECT id, ssn AS x FROM person UNION ALL SELECT id, k FROM plain;
CREATE MATERIALIZED VIEW m_person AS SELECT id, name, ssn, salary FROM person;

CREATE FUNCTION total() RETURNS numeric LANGUAGE sql STABLE AS 'SELECT sum(amount) FROM w.pay';
CREATE FUNCTION ssn_of(int) RETURNS text LANGUAGE plpgsql STABLE AS 'BEGIN RETURN (SELECT ssn FROM w.person WHERE id = $1); END';
CREATE FUNCTION people() RETURNS SETOF person LANGUAGE sql STABLE AS 'SELECT * FROM w.person';
CREATE FUNCTION defaulted(a int, b text DEFAULT (w.ssn_of(1))) RETURNS text LANGUAGE sql STABLE AS 'SELECT $2';
CREATE FUNCTION risky(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN 100 / $1; END';
CREATE FUNCTION noisy(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RAISE NOTICE ''noisy %'', $1; RETURN $1; END';
CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
CREATE FUNCTION reading(int, int) RETURNS text LANGUAGE sql STABLE AS 'SELECT ssn FROM w.person WHERE id = $1';
CREATE OPERATOR ### (FUNCTION = reading, LEFTARG = int, RIGHTARG = int);
CREATE FUNCTION is_secret(text) RETURNS bool LANGUAGE sql STABLE AS 'SELECT EXISTS (SELECT FROM w.person WHERE ssn LIKE $1 || ''%'')';
CREATE DOMAIN guess AS text CHECK (w.is_secret(VALUE));
CREATE TYPE secret_box AS (v text);
CREATE FUNCTION boxed(int) RETURNS secret_box LANGUAGE sql STABLE AS 'SELECT ROW((SELECT ssn FROM w.person WHERE id = $1))::w.secret_box';
CREATE CAST (int AS secret_box) WITH FUNCTION boxed(int) AS ASSIGNMENT;
CREATE TYPE opened AS (v text);
CREATE FUNCTION opened(secret_box) RETURNS opened LANGUAGE sql STABLE AS 'SELECT ROW((SELECT ssn FROM w.person WHERE id = 2))::w.opened';
CREATE CAST (secret_box AS opened) WITH FUNCTION opened(secret_box) AS IMPLICIT;
CREATE FUNCTION gather(text, int) RETURNS text LANGUAGE sql STABLE AS 'SELECT concat($1, (SELECT ssn FROM w.person WHERE id = $2))';
CREATE AGGREGATE gathered(int) (SFUNC = gather, STYPE = text);
CREATE TABLE boxes (id int PRIMARY KEY, b secret_box, t text DEFAULT (ssn_of(3)));
CREATE FUNCTION on_triggered() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN INSERT INTO w.sink (t) SELECT left(secret, 5) FROM w.triggered; RETURN NEW; END';
CREATE TRIGGER on_triggered AFTER INSERT OR UPDATE ON triggered FOR EACH ROW EXECUTE FUNCTION on_triggered();
CREATE RULE on_ruled AS ON UPDATE TO ruled DO ALSO INSERT INTO sink (t) VALUES (old.secret);
CREATE TABLE turned (id int PRIMARY KEY, word text);
CREATE SCHEMA stage;
CREATE SCHEMA live;
CREATE TABLE stage.asked (n int, word text);
CREATE TABLE live.asked (n int, word text);
