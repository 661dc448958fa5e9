import { Collapse, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronRight } from '@tabler/icons-react';
import { useMemo } from 'react';
import { compareFlows } from '../../schemas/compare/compare-flows.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { SheetId } from '../../schemas/sheet.ts';
import { ChangeList } from '../compare/ChangeList.tsx';
import classes from './TakenOver.module.css';

interface TakenOverProps {
  title: string;
  before: Flow;
  after: Flow;
  onShow: (action: string, sheet: SheetId) => void;
}

/** What one side changed, to look up. */
export function TakenOver({ title, before, after, onShow }: TakenOverProps) {
  const [isOpen, { toggle }] = useDisclosure(false);
  const comparison = useMemo(() => compareFlows(before, after), [before, after]);
  const count = comparison.actions.length + comparison.flow.length;
  return (
    <div className={classes.root}>
      <UnstyledButton className={classes.head} aria-expanded={isOpen} onClick={toggle}>
        <IconChevronRight size={14} className={classes.chevron} data-open={isOpen || undefined} aria-hidden />
        <span>
          {title}: {count === 1 ? '1 change' : `${count} changes`}
        </span>
      </UnstyledButton>
      <Collapse expanded={isOpen}>
        <ChangeList before={before} after={after} comparison={comparison} shown={null} onShow={onShow} />
      </Collapse>
    </div>
  );
}
