CREATE TABLE customers (id int PRIMARY KEY, name text, ssn text, email text, city text, born date, score numeric);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers, total numeric, placed timestamptz, state text);
CREATE TABLE notes (id int PRIMARY KEY, body text, tags text[]);
CREATE VIEW people AS SELECT id, name, ssn AS number FROM customers;
CREATE FUNCTION shout(t text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT upper(t) $$;
INSERT INTO customers SELECT i, 'n' || i, lpad(i::text, 9, '0'), 'e' || i || '@x.org', 'c' || i % 7, date '1970-01-01' + i, i FROM generate_series(1, 500) i;
INSERT INTO orders SELECT i, 1 + i % 500, i, now(), 'open' FROM generate_series(1, 2000) i;
ANALYZE;
