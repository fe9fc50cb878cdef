package io.pgguard.internal.syntax.tree;

/** A whole statement. */
public sealed interface Statement extends Node
    permits Copy,
        CreateTableAs,
        CreateView,
        DeclareCursor,
        Delete,
        Execute,
        Explain,
        Insert,
        Merge,
        Prepare,
        Query,
        ReturnBody,
        Update {}
