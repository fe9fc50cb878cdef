# psycopg2: simple protocol with values written into the text, named cursors, COPY.
import io
import sys
import psycopg2

host, port, db, user, password = sys.argv[1:6]
conn = psycopg2.connect(host=host, port=port, dbname=db, user=user, password=password)
cursor = conn.cursor()
cursor.execute("SELECT ssn FROM customers WHERE id = %s", (1,))
print(cursor.fetchone()[0])
named = conn.cursor("c1")
named.execute("SELECT id, name FROM customers ORDER BY id")
print(named.fetchmany(3))
named.close()
conn.commit()
try:
    cursor.execute("SELECT 1/0")
except psycopg2.Error as e:
    print(e.pgcode, e.diag.message_primary)
conn.rollback()
out = io.StringIO()
cursor.copy_expert("COPY (SELECT id, name FROM customers ORDER BY id LIMIT 3) TO STDOUT", out)
print(out.getvalue())
cursor.copy_expert("COPY notes (body) FROM STDIN", io.StringIO("one\ntwo\n"))
cursor.execute("SELECT count(*) FROM notes")
print(cursor.fetchone())
conn.rollback()
conn.set_session(isolation_level="SERIALIZABLE", readonly=True)
cursor.execute("SELECT count(*) FROM customers")
print(cursor.fetchone(), conn.get_transaction_status())
conn.close()
