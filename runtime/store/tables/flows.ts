/** Flows as they ran and as they are drawn, and where mails went through them. */
export interface FlowTables {
  flow_versions: {
    flow: string;
    version: number;
    document: string;
    /** SHA-256 of the document's canonical text: tells whether a file differs from what is published. */
    hash: string;
    author: string;
    message: string;
    published_at: number;
    git_commit: string | null;
  };

  drafts: {
    flow: string;
    user: string;
    document: string;
    base_version: number | null;
    revision: number;
    updated_at: number;
  };

  /** Mails that went a certain way through a version of a flow, in a span of time that begins with `since`. */
  traffic: {
    flow: string;
    version: number;
    since: number;
    /** Empty for the flow itself, else the id of the task that the action stands in. */
    sheet: string;
    action: string;
    /** The outcome taken; or, with characters that no outcome has: `(reached)`, whatever came of it, or `(failed)`. */
    outcome: string;
    mails: number;
  };
}
