// node-postgres: simple and prepared queries, several statements in a text, errors, transactions.
const { Client } = require('pg');
const [host, port, database, user, password] = process.argv.slice(2);

async function main() {
  const client = new Client({ host, port: Number(port), database, user, password });
  await client.connect();
  console.log((await client.query('SELECT ssn FROM customers WHERE id = $1', [1])).rows[0].ssn);
  for (let n = 1; n < 4; n++) {
    const query = { name: 'by-id', text: 'SELECT id, name FROM customers WHERE id = $1', values: [n] };
    console.log((await client.query(query)).rows);
  }
  const several = await client.query('SELECT 1 AS a; SELECT 2 AS b');
  console.log(several.map((r) => r.rows));
  await client.query('BEGIN');
  try {
    await client.query('SELECT 1/0');
  } catch (e) {
    console.log(e.code, e.message);
  }
  await client.query('ROLLBACK');
  console.log((await client.query('SELECT $1::int + 1 AS n', [41])).rows[0].n);
  console.log((await client.query({ text: 'SELECT id, city FROM customers ORDER BY id LIMIT 2', rowMode: 'array' })).rows);
  await client.end();
}

main().catch((e) => { console.error(e); process.exit(1); });
