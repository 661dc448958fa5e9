/** What a command may use of the process: tests give their own. */
export interface CommandIo {
  /** One line to standard output. */
  out(line: string): void;
  /** One line to standard error. */
  err(line: string): void;
  /** All of standard input. */
  input(): Promise<Uint8Array>;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
}

interface CommandInput {
  /** File arguments, as given. */
  files: string[];
  json: boolean;
  /** Value options such as `--message`, by name. */
  options: Readonly<Record<string, string | undefined>>;
}

/** 0 fine, 1 the answer is no, 2 wrong use; of many files the worst one counts. */
export type ExitCode = 0 | 1 | 2;

export interface Command {
  /** One line for `sluice --help`. */
  summary: string;
  /** Arguments, as in a synopsis. */
  usage: string;
  /** Names of value options beyond `--json`, with what they mean. */
  options?: Readonly<Record<string, string>>;
  run(input: CommandInput, io: CommandIo): Promise<ExitCode>;
}
