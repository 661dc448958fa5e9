import type { Compilable, CompiledQuery, Kysely, QueryResult } from 'kysely';
import type { Database } from './database.ts';

/** Runs the prepared statement with these values, on a connection or inside a transaction. */
export type Prepared<Values, Row> = (db: Kysely<Database>, values: Values) => Promise<QueryResult<Row>>;

/**
 * A statement that is built and compiled once and then only bound: building with Kysely costs several times what SQLite needs to
 * run a narrow statement, which counts where one runs for every mail. Hold the result in a factory, not in a module.
 *
 * @param build gets `value(name)` to put where a value belongs.
 */
export function prepare<Values extends object, Row>(
  build: (db: Kysely<Database>, value: <K extends keyof Values>(name: K) => Values[K]) => Compilable<Row>,
): Prepared<Values, Row> {
  let template: CompiledQuery<Row> | undefined;

  return (db, values) => {
    // The placeholder stands in for a value only until the query is compiled; below it is replaced by a value of that very type.
    template ??= build(db, (name) => new Placeholder(name) as never).compile();
    const parameters = template.parameters.map((parameter) =>
      parameter instanceof Placeholder ? Reflect.get(values, parameter.name) : parameter,
    );
    return db.executeQuery<Row>({ ...template, parameters });
  };
}

class Placeholder {
  readonly name: PropertyKey;

  constructor(name: PropertyKey) {
    this.name = name;
  }
}
