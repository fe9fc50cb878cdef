"""Logs in by OAUTHBEARER with a libpq of PostgreSQL 18 that a program gives its tokens.

Arguments: the library, the connection string, the token.
"""
import ctypes
import sys

library, conninfo, token = sys.argv[1:]
pq = ctypes.CDLL(library)
pq.PQconnectdb.restype = ctypes.c_void_p
pq.PQexec.restype = ctypes.c_void_p
pq.PQgetvalue.restype = ctypes.c_char_p
pq.PQerrorMessage.restype = ctypes.c_char_p
for name in ("PQstatus", "PQerrorMessage", "PQfinish"):
    getattr(pq, name).argtypes = [ctypes.c_void_p]
pq.PQexec.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
pq.PQgetvalue.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
if pq.PQlibVersion() < 180000:
    print("too old")
    sys.exit(0)

BEARER_TOKEN = 1


class Request(ctypes.Structure):
    _fields_ = [
        ("openid_configuration", ctypes.c_char_p),
        ("scope", ctypes.c_char_p),
        ("poll", ctypes.c_void_p),
        ("cleanup", ctypes.c_void_p),
        ("token", ctypes.c_char_p),
        ("user", ctypes.c_void_p),
    ]


def give(kind, connection, data):
    if kind != BEARER_TOKEN:
        return 0
    request = ctypes.cast(data, ctypes.POINTER(Request)).contents
    print("asked of", request.openid_configuration.decode(), "for", request.scope.decode())
    request.token = token.encode()
    return 1


hook = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(give)
pq.PQsetAuthDataHook(hook)
connection = pq.PQconnectdb(conninfo.encode())
if pq.PQstatus(connection) == 0:
    result = pq.PQexec(connection, b"SELECT current_setting('guard.principal')")
    print("in as", pq.PQgetvalue(result, 0, 0).decode())
else:
    print(pq.PQerrorMessage(connection).decode().strip())
pq.PQfinish(connection)
