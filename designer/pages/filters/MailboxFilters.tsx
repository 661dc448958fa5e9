import { Divider } from '@mantine/core';
import { useMailboxFilters, useSaveMailboxFilters } from '../../api/filters.ts';
import { StoredForm } from '../../shell/form/StoredForm.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { Section } from '../settings/Section.tsx';
import { FilterFields } from './FilterFields.tsx';
import { FilterTry } from './FilterTry.tsx';

/** What is kept away from the flows in one mailbox. */
export function MailboxFilters({ mailbox }: { mailbox: string }) {
  const filters = useMailboxFilters(mailbox);
  const save = useSaveMailboxFilters(mailbox);
  return (
    <Section
      title="Filters"
      description="What is kept away from the flows. Such mail is stored, stands in the ledger as skipped with its reason, and can be let through later. The filters of all mailboxes are in Settings."
    >
      <Resource query={filters} name="The filters">
        {(stored) => (
          <StoredForm stored={stored} save={save}>
            {(rules, change) => (
              <>
                <FilterFields rules={rules} change={change} />
                <Divider />
                <FilterTry mailbox={mailbox} rules={rules} />
              </>
            )}
          </StoredForm>
        )}
      </Resource>
    </Section>
  );
}
