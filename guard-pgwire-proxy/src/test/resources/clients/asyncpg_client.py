# asyncpg: Parse, Describe, Flush and Bind later, binary results, cursors, COPY.
import asyncio
import io
import sys
import asyncpg

host, port, db, user, password = sys.argv[1:6]


async def main():
    conn = await asyncpg.connect(host=host, port=int(port), database=db, user=user, password=password)
    print(await conn.fetchval("SELECT ssn FROM customers WHERE id = $1", 1))
    statement = await conn.prepare("SELECT id, name FROM customers WHERE id = $1")
    print([a.name for a in statement.get_attributes()])
    for n in range(3):
        print(tuple(await statement.fetchrow(n + 1)))
    async with conn.transaction():
        rows = [tuple(row) async for row in conn.cursor("SELECT id FROM customers ORDER BY id", prefetch=7)]
        print(len(rows), rows[:2])
    try:
        await conn.fetchval("SELECT 1/0")
    except asyncpg.PostgresError as e:
        print(e.sqlstate, e)
    transaction = conn.transaction()
    await transaction.start()
    print(await conn.executemany("INSERT INTO notes (body) VALUES ($1)", [("a",), ("b",)]))
    print(await conn.fetchval("SELECT count(*) FROM notes"))
    out = io.BytesIO()
    print(await conn.copy_from_query("SELECT id, name FROM customers ORDER BY id LIMIT 3", output=out))
    print(out.getvalue())
    print(await conn.copy_records_to_table("notes", records=[("x",)], columns=["body"]))
    await transaction.rollback()
    await conn.close()


asyncio.run(main())
