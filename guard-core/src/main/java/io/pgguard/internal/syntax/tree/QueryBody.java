package io.pgguard.internal.syntax.tree;

/** What a query computes before its ORDER BY and LIMIT. */
public sealed interface QueryBody extends Node permits Select, SetOperation, Values {}
