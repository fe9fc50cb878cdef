-- The demo's schema and data: made by formula, so every run has the same rows.
CREATE ROLE agent_ro LOGIN PASSWORD 'agent-secret';

CREATE TABLE customers (
  id      int PRIMARY KEY,
  name    text NOT NULL,
  ssn     text NOT NULL,
  email   text NOT NULL,
  city    text NOT NULL,
  segment text NOT NULL
);

CREATE TABLE cards (
  id          int PRIMARY KEY,
  customer_id int NOT NULL REFERENCES customers,
  brand       text NOT NULL,
  pan         text NOT NULL
);

CREATE TABLE orders (
  id          int PRIMARY KEY,
  customer_id int NOT NULL REFERENCES customers,
  placed_on   date NOT NULL,
  status      text NOT NULL,
  total       numeric(10, 2) NOT NULL
);

CREATE TABLE employees (
  id     int PRIMARY KEY,
  name   text NOT NULL,
  dept   text NOT NULL,
  salary numeric(12, 2) NOT NULL
);

CREATE VIEW customer_contacts AS
  SELECT id, name AS contact, email AS reach_at, city FROM customers;

INSERT INTO customers
SELECT n,
       (ARRAY['Ada','Blaise','Carl','Dora','Emmy','Felix','Grace','Hugo'])[1 + n % 8] || ' '
         || (ARRAY['Berg','Costa','Dietz','Evans','Fischer','Gruber','Haas'])[1 + n % 7],
       format('9%s-%s-%s', lpad((n % 100)::text, 2, '0'), lpad((n % 97 + 1)::text, 2, '0'), lpad(n::text, 4, '0')),
       'customer' || n || '@mail.example',
       (ARRAY['Oslo','Porto','Quito','Riga','Sofia'])[1 + n % 5],
       (ARRAY['retail','business','partner'])[1 + n % 3]
FROM generate_series(1, 2000) n;

INSERT INTO cards
SELECT n, n, (ARRAY['Alpha','Beta'])[1 + n % 2], '400000' || lpad((n * 7919 % 10000000000)::text, 10, '0')
FROM generate_series(1, 1500) n;

INSERT INTO orders
SELECT n, 1 + n * 37 % 2000, date '2026-01-01' + n % 300,
       (ARRAY['new','paid','shipped','returned'])[1 + n % 4], (n * 13 % 50000) / 100.0 + 5
FROM generate_series(1, 10000) n;

INSERT INTO employees
SELECT n, 'Employee ' || n, (ARRAY['sales','support','finance'])[1 + n % 3], 40000 + n * 271 % 60000
FROM generate_series(1, 300) n;

GRANT USAGE ON SCHEMA public TO agent_ro;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO agent_ro;
ANALYZE;
