package io.pgguard.testkit;

/** Where a started server listens, and its superuser. */
record ServerAddress(String host, int port, String user, String password) {}
