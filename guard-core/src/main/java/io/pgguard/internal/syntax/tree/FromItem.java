package io.pgguard.internal.syntax.tree;

/** An item of a FROM or USING list. */
public sealed interface FromItem extends Node
    permits FunctionItem, Join, JsonTable, RelationItem, SubqueryItem, XmlTable {}
