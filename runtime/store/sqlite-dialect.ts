import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { SqliteStatement } from 'kysely';
import { CompiledQuery, type DatabaseConnection, SqliteAdapter, SqliteDialect, SqliteDriver } from 'kysely';

/**
 * Statements kept ready per connection. The hot path uses about twenty; pages with their filters some dozens more.
 * Beyond that only list queries with `in (?, ?, ...)` of every length come, and they must not grow memory for ever.
 */
const maxStatements = 200;

/** Kysely over one `node:sqlite` connection. The caller owns the connection's settings; destroying Kysely closes it. */
export class NodeSqliteDialect extends SqliteDialect {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    super({ database: withStatementCache(database) });
    this.#database = database;
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#database);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalDdlAdapter();
  }
}

/** SQLite can undo `create table`; saying so makes Kysely run all migrations in one transaction, so that a crash leaves none half done. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class ImmediateDriver extends SqliteDriver {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    super({ database: withStatementCache(database) });
    this.#database = database;
  }

  /** Takes the write lock at once: a deferred transaction that reads first and writes later can fail half way. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** SQLite rolls back by itself on some errors (disk full, I/O); a second rollback would hide the first error behind its own. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.isTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
  }
}

function withStatementCache(database: DatabaseSync) {
  const statements = new Map<string, SqliteStatement>();

  function prepare(sql: string): SqliteStatement {
    const known = statements.get(sql);
    if (known !== undefined) {
      // A Map iterates in order of insertion: putting it back last makes the first entry the least recently used.
      statements.delete(sql);
      statements.set(sql, known);
      return known;
    }
    const statement = asKyselyStatement(database.prepare(sql));
    statements.set(sql, statement);
    if (statements.size > maxStatements) {
      const oldest = statements.keys().next();
      if (!oldest.done) statements.delete(oldest.value);
    }
    return statement;
  }

  return { prepare, close: () => database.close() };
}

function asKyselyStatement(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...bindable(parameters)),
    run: (parameters) => statement.run(...bindable(parameters)),
    iterate: (parameters) => statement.iterate(...bindable(parameters)),
  };
}

/** Kysely types parameters as unknown; `node:sqlite` itself refuses what it cannot bind, with the position of the parameter. */
function bindable(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters as SQLInputValue[];
}
