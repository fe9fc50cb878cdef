#!/usr/bin/env bash
# PostgreSQL 17.5 (PGlite 0.3.14): reading one field of a json (not jsonb) value fails by what another field holds. The input function takes
# the escape \u0000 inside json; -> and ->> on any other key then raise 22P05, since the accessor decodes all of the text. Whoever reads "x" learns of "note".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @electric-sql/pglite@0.3.14 > /dev/null
cat > ask.mjs <<'SCRIPT'
import { PGlite } from "@electric-sql/pglite";
const db = await PGlite.create();
const ask = (sql) => db.query(sql).then((r) => JSON.stringify(r.rows), (e) => e.code + " " + e.message);
for (const note of ["plain", "nul: \\u0000"]) {
  console.log(await ask(`SELECT v ->> 'x' AS x FROM (VALUES ('{"note":"${note}","x":1}'::json)) t(v)`));
}
SCRIPT
cat > expected <<'SEEN'
[{"x":"1"}]
22P05 unsupported Unicode escape sequence
SEEN
node ask.mjs | tee seen
diff expected seen && echo "as found"
