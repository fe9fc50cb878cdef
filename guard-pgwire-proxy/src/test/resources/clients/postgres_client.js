// postgres.js: Parse, Describe, Flush and Bind later; cursors; pipelined transactions.
const postgres = require('postgres');
const [host, port, database, username, password] = process.argv.slice(2);

async function main() {
  const sql = postgres({ host, port: Number(port), database, username, password, max: 1, onnotice: () => {} });
  console.log((await sql`SELECT ssn FROM customers WHERE id = ${1}`)[0].ssn);
  for (let n = 1; n < 4; n++) {
    console.log((await sql`SELECT id, name FROM customers WHERE id = ${n}`)[0]);
  }
  let rows = 0;
  await sql`SELECT id FROM customers ORDER BY id`.cursor(7, (some) => { rows += some.length; });
  console.log(rows);
  try {
    await sql.begin(async (tx) => { await tx`INSERT INTO notes (body) VALUES ('x')`; await tx`SELECT 1/0`; });
  } catch (e) {
    console.log(e.code, e.message);
  }
  console.log((await sql`SELECT count(*)::int AS n FROM notes WHERE body = 'x'`)[0].n);
  await sql.end();
}

main().catch((e) => { console.error(e); process.exit(1); });
