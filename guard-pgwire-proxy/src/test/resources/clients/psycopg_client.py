# psycopg 3: server-side cursors, prepared statements, COPY, pipelines, errors in transactions.
import sys
import psycopg

host, port, db, user, password = sys.argv[1:6]
with psycopg.connect(host=host, port=port, dbname=db, user=user, password=password) as conn:
    print(conn.execute("SELECT ssn FROM customers WHERE id = %s", (1,)).fetchone()[0])
    for n in range(8):  # prepared at the sixth
        print(conn.execute("SELECT id, name FROM customers WHERE id = %s", (n + 1,)).fetchone())
    conn.commit()
    with conn.cursor(name="c1") as cursor:
        cursor.execute("SELECT id, name FROM customers ORDER BY id")
        print(cursor.description[1].name, cursor.fetchmany(3))
        cursor.itersize = 7
        print(sum(1 for row in cursor))
    conn.commit()
    with conn.cursor(name="c2", withhold=True) as cursor:
        cursor.execute("SELECT ssn FROM customers WHERE id = 1")
        print(cursor.fetchall()[0][0])
    with conn.cursor(binary=True) as cursor:
        print(cursor.execute("SELECT id, city FROM customers ORDER BY id LIMIT 2").fetchall())
    try:
        conn.execute("SELECT 1/0")
    except psycopg.Error as e:
        print(e.sqlstate, e.diag.message_primary)
    conn.rollback()
    with conn.cursor().copy("COPY (SELECT id, name FROM customers ORDER BY id LIMIT 3) TO STDOUT") as copy:
        print(list(copy.rows()))
    with conn.cursor().copy("COPY notes (body) FROM STDIN") as copy:
        copy.write_row(("one",))
        copy.write_row(("two",))
    print(conn.execute("SELECT count(*) FROM notes").fetchone())
    conn.rollback()
    if psycopg.capabilities.has_pipeline() if hasattr(psycopg, "capabilities") else psycopg.Pipeline.is_supported():
        with conn.pipeline():
            cursors = [conn.execute("SELECT %s::int + 1", (n,)) for n in range(3)]
        print([cursor.fetchone()[0] for cursor in cursors])
    with conn.cursor() as cursor:
        cursor.executemany("INSERT INTO notes (body) VALUES (%s)", [("a",), ("b",)])
        print(cursor.rowcount)
    conn.rollback()
