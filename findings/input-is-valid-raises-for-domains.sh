#!/usr/bin/env bash
# PostgreSQL 17.5 (PGlite 0.3.14): pg_input_is_valid, the way to test an input without an error, raises one for a domain whose CHECK
# expression fails on the value instead of saying no: the check runs as ordinary code. The same value makes it return false where the check merely does not hold.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @electric-sql/pglite@0.3.14 > /dev/null
cat > ask.mjs <<'SCRIPT'
import { PGlite } from "@electric-sql/pglite";
const db = await PGlite.create();
const ask = (sql) => db.query(sql).then((r) => JSON.stringify(r.rows), (e) => e.code + " " + e.message);
await ask("CREATE DOMAIN share AS int CHECK (100 / value > 1)");
for (const text of ["7", "99", "200", "0", "x"]) {
  console.log(text, await ask(`SELECT pg_input_is_valid('${text}', 'share') AS valid`));
}
SCRIPT
cat > expected <<'SEEN'
7 [{"valid":true}]
99 [{"valid":false}]
200 [{"valid":false}]
0 22012 division by zero
x [{"valid":false}]
SEEN
node ask.mjs | tee seen
diff expected seen && echo "as found"
