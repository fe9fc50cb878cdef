SELECT id, name FROM customers WHERE id = 42
SELECT id, name, ssn FROM customers WHERE ssn = '123456789'
SELECT ssn, email FROM customers WHERE city = 'x' AND born > '1980-01-01' ORDER BY 2 LIMIT 10 OFFSET 20
SELECT name FROM customers WHERE id IN (1, 2, 3) OR name LIKE 'a%'
SELECT upper(ssn), 'x' || ssn FROM customers WHERE id BETWEEN 10 AND 20
SELECT city, count(*) FROM customers GROUP BY 1 HAVING count(*) > 5
SELECT ssn, 1 FROM customers GROUP BY 1, 2
SELECT name, ssn FROM customers ORDER BY 2
SELECT date_trunc('day', placed), sum(total) FROM orders WHERE placed > date '2024-01-01' GROUP BY 1
SELECT * FROM people WHERE number = '7' LIMIT 5
SELECT c.name, o.total FROM customers c JOIN orders o ON o.customer_id = c.id AND o.state = 'open' WHERE o.total > 10.5
WITH big AS (SELECT * FROM orders WHERE total >= 100) SELECT b.id, c.ssn FROM big b JOIN customers c ON c.id = b.customer_id WHERE c.score <> 3
SELECT set_config('application_name', 'x', false)
SELECT set_config(name, 'x', false) FROM pg_settings WHERE name = 'application_name'
SELECT current_setting('work_mem')
SELECT 'customers'::regclass, to_regclass('x')
SELECT CASE WHEN id = 5 THEN ssn ELSE 'none' END FROM customers WHERE id < 100
SELECT ssn FROM customers WHERE ssn > '5'
SELECT * FROM customers WHERE 1 = 1
SELECT (SELECT ssn FROM customers c WHERE c.id = 7), 3
SELECT id FROM customers WHERE (id, name) IN ((1, 'a'), (2, 'b'))
SELECT id FROM notes WHERE id = ANY (ARRAY[1, 2]) UNION SELECT 5
SELECT format('%s', name), repeat('x', 3) FROM customers WHERE id = -5
SELECT generate_series(1, 10) FROM customers WHERE born < '1990-01-01'::date - 7
SELECT shout('a'), shout(ssn) FROM customers WHERE id = 9
SELECT query_to_xml('select 1', true, true, '') FROM notes WHERE id = 1
INSERT INTO notes (id, body) VALUES (1, 'hello'), (2, 'there')
INSERT INTO notes VALUES (3, 'x', '{a,b}') ON CONFLICT (id) DO UPDATE SET body = 'again' WHERE notes.id = 3 RETURNING id, body
INSERT INTO notes SELECT id, ssn FROM customers WHERE id = 4
UPDATE notes SET body = 'new', tags = '{}' WHERE id = 12
UPDATE notes SET body = 'new' WHERE 1 = 1
UPDATE notes SET body = 'new' WHERE 1 = 2 OR id = 3
UPDATE notes SET body = 'x' WHERE body LIKE '%'
UPDATE notes SET body = 'x' WHERE body ~ '.*'
UPDATE notes SET body = 'x' WHERE id = 1 OR id <> 1
UPDATE notes SET body = 'x' WHERE id = 1 OR NOT id = 1
UPDATE notes SET body = 'x' WHERE 'a' = 'a'
UPDATE orders SET state = 'done' WHERE id < 50
DELETE FROM notes WHERE id = 5
DELETE FROM notes WHERE id IN (1, 2, 3) AND body <> 'x'
DELETE FROM orders WHERE total > 1500
DELETE FROM notes WHERE true
SELECT nothing FROM nowhere WHERE id = 1
SELECT extract('year' FROM born), born AT TIME ZONE 'UTC' FROM customers WHERE id = 3
SELECT name FROM customers FETCH FIRST 5 ROWS ONLY
SELECT float(24) '1.5', interval '1 day' FROM customers WHERE score = 1.5
SELECT x.* FROM (VALUES (1, 'a'), (2, 'b')) AS x(id, n) WHERE x.n = 'a'
SELECT ssn FROM customers WHERE id = 1 LIMIT ALL OFFSET 3
SELECT substring(ssn from 1 for 3) FROM customers WHERE name SIMILAR TO 'a|b' ESCAPE 'x'
SELECT array_agg(name ORDER BY 1) FROM customers WHERE name >= 'm' AND name < 'n'
SELECT row_number() OVER (ORDER BY id ROWS 3 PRECEDING) FROM orders WHERE total <= 3
