import type { ColumnDefinitionBuilder, Expression } from 'kysely';

/**
 * The few words in which the databases differ; everything else in a migration is common to them.
 * Times and ranks are `bigint` everywhere: milliseconds do not fit PostgreSQL's `integer`.
 */
export interface ColumnTypes {
  blob: Expression<unknown>;
  /** Makes a column of type `idType` a primary key that the database counts up. */
  idType: 'integer' | 'bigint';
  countedId(column: ColumnDefinitionBuilder): ColumnDefinitionBuilder;
}
