#!/usr/bin/env bash
# PostgreSQL 17.5 (PGlite 0.3.14): a LIKE pattern that ends in the escape character is no error by itself. It raises 22025 only when a row
# matches everything before that escape and goes on; other rows answer false. So whether the statement fails tells which prefix the rows have.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @electric-sql/pglite@0.3.14 > /dev/null
cat > ask.mjs <<'SCRIPT'
import { PGlite } from "@electric-sql/pglite";
const db = await PGlite.create();
const ask = (sql) => db.query(sql).then((r) => JSON.stringify(r.rows), (e) => e.code + " " + e.message);
for (const word of ["zebra", "ab", "abacus"]) {
  console.log(await ask(`SELECT v LIKE 'ab\\' AS matches FROM (VALUES ('${word}')) t(v)`));
}
SCRIPT
cat > expected <<'SEEN'
[{"matches":false}]
[{"matches":false}]
22025 LIKE pattern must not end with escape character
SEEN
node ask.mjs | tee seen
diff expected seen && echo "as found"
