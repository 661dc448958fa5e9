import { IconPackage, IconStack2 } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { hasErrors, type Issue } from '../../schemas/issue.ts';
import classes from './TabBar.module.css';

export interface Tab {
  id: string;
  name: string;
  kind: 'main' | 'task' | 'module';
  issues?: readonly Issue[];
}

interface TabBarProps {
  label: string;
  tabs: readonly Tab[];
  open: string;
  onOpen: (id: string) => void;
  onRename?: (id: string) => void;
  /** What stands behind the tabs. */
  children?: ReactNode;
}

const icons = { task: IconStack2, module: IconPackage };

/** Tabs above a canvas; arrow keys walk through them. */
export function TabBar({ label, tabs, open, onOpen, onRename, children }: TabBarProps) {
  const list = useRef<HTMLDivElement>(null);
  const walk = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const at = tabs.findIndex(({ id }) => id === open);
    const next = tabs[(at + by + tabs.length) % tabs.length];
    if (by === 0 || next === undefined) return;
    event.preventDefault();
    onOpen(next.id);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  };
  return (
    <div className={classes.root}>
      <div ref={list} role="tablist" aria-label={label} className={classes.list} onKeyDown={walk}>
        {tabs.map(({ id, name, kind, issues = [] }) => {
          const Icon = kind === 'main' ? null : icons[kind];
          return (
            <button
              key={id}
              type="button"
              role="tab"
              aria-selected={id === open}
              tabIndex={id === open ? 0 : -1}
              className={classes.tab}
              title={name}
              onClick={() => onOpen(id)}
              onDoubleClick={() => onRename?.(id)}
            >
              {Icon !== null && <Icon size={13} stroke={1.7} aria-hidden />}
              <span className={classes.name}>{name}</span>
              {issues.length > 0 && <Mark issues={issues} />}
            </button>
          );
        })}
      </div>
      {children}
    </div>
  );
}

/** Says that something is wrong on a tab, also while another one is looked at. */
function Mark({ issues }: { issues: readonly Issue[] }) {
  return (
    <span
      role="img"
      className={classes.mark}
      data-error={hasErrors(issues) || undefined}
      aria-label={`${issues.length} ${issues.length === 1 ? 'problem' : 'problems'}`}
    />
  );
}
