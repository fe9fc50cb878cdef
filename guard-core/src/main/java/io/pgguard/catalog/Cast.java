package io.pgguard.catalog;

/**
 * A cast that is not PostgreSQL's own ({@code pg_cast}). Immutable.
 *
 * @param sourceType OID of the type that is cast
 * @param targetType OID of the type that it becomes
 * @param functionOid OID of the function that does it, or 0 where the types' own text forms or
 *     their equal storage do
 * @param unnamed whether it also happens where no text names it: on assignment, or anywhere
 */
public record Cast(int sourceType, int targetType, int functionOid, boolean unnamed) {}
