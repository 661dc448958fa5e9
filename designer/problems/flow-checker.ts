import type { Known } from '../../schemas/checks/check.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Issue } from '../../schemas/issue.ts';

export interface CheckRequest {
  id: number;
  flow: Flow;
  known: Known;
}

export interface CheckAnswer {
  id: number;
  issues: Issue[];
}

/** What the checker needs of a Worker. */
export type CheckPort = Pick<Worker, 'postMessage' | 'terminate'> & {
  onmessage: ((event: MessageEvent<CheckAnswer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
};

interface Found {
  flow: Flow;
  issues: readonly Issue[];
}

export interface FlowChecker {
  /** Checks the document as soon as the one before is done; of documents that wait only the newest is checked. */
  check(flow: Flow, known: Known): void;
  close(): void;
}

const unchecked: Issue = {
  code: 'not-checked',
  severity: 'warning',
  path: '',
  message:
    'The flow could not be checked here. It is checked again when it is published; reload the page if this stays.',
};

/**
 * One document is under way at a time and one waits, so that fast typing neither floods the worker nor shows what is wrong with
 * an older document. A worker that dies is replaced for the next document; the one that it died of is said to be unchecked.
 */
export function createFlowChecker(open: () => CheckPort, onFound: (found: Found) => void): FlowChecker {
  let port: CheckPort | null = null;
  let busy: CheckRequest | null = null;
  let waiting: Omit<CheckRequest, 'id'> | null = null;
  let count = 0;

  function opened(): CheckPort {
    if (port !== null) return port;
    port = open();
    port.onmessage = ({ data }) => {
      if (busy === null || data.id !== busy.id) return;
      const { flow } = busy;
      busy = null;
      // What waits is newer, but a document that is typed on for minutes must not stay without an answer.
      onFound({ flow, issues: data.issues });
      next();
    };
    port.onerror = () => {
      port?.terminate();
      port = null;
      const failed = busy;
      busy = null;
      if (failed !== null) onFound({ flow: failed.flow, issues: [unchecked] });
      next();
    };
    return port;
  }

  function next(): void {
    if (busy !== null || waiting === null) return;
    count += 1;
    busy = { id: count, ...waiting };
    waiting = null;
    opened().postMessage(busy);
  }

  return {
    check(flow, known) {
      waiting = { flow, known };
      next();
    },
    close() {
      waiting = null;
      port?.terminate();
      port = null;
    },
  };
}
