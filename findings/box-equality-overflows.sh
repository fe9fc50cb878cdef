#!/usr/bin/env bash
# PostgreSQL 17.5 (PGlite 0.3.14): the operator = of type box can fail. It compares areas, which are products of floats, so two equal
# boxes of finite corners raise 22003 "value out of range: overflow". An equality is not a total function merely for being an equality.
# NULLIF, GROUP BY ... and IN over boxes inherit it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @electric-sql/pglite@0.3.14 > /dev/null
cat > ask.mjs <<'SCRIPT'
import { PGlite } from "@electric-sql/pglite";
const db = await PGlite.create();
const ask = (sql) => db.query(sql).then((r) => JSON.stringify(r.rows), (e) => e.code + " " + e.message);
console.log(await ask("SELECT a = a AS same FROM (VALUES (box(point(1, 1), point(0, 0)))) v(a)"));
console.log(await ask("SELECT a = a AS same FROM (VALUES (box(point(1e200, 1e200), point(0, 0)))) v(a)"));
SCRIPT
cat > expected <<'SEEN'
[{"same":true}]
22003 value out of range: overflow
SEEN
node ask.mjs | tee seen
diff expected seen && echo "as found"
