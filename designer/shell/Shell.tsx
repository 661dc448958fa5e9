import { AppShell, Box, Burger, Group, Progress } from '@mantine/core';
import { useDisclosure, useElementSize, useMediaQuery } from '@mantine/hooks';
import { useEffect } from 'react';
import { Outlet, useLocation, useMatch, useNavigation } from 'react-router';
import { Brand } from './Brand.tsx';
import { LiveConnection } from './LiveConnection.tsx';
import { Navigation } from './Navigation.tsx';
import classes from './Shell.module.css';
import { StorageNotice } from './StorageNotice.tsx';

const wideNavbar = 208;
const railNavbar = 60;

/** The frame of every page. The navigation folds to icons beside the canvas and on narrow windows, and to a drawer on phones. */
export function Shell() {
  const [isOpen, drawer] = useDisclosure(false);
  const isEditor = useMatch('/flows/:id/*') !== null;
  const isPhone = useMediaQuery('(max-width: 47.99em)') ?? false;
  const isNarrow = useMediaQuery('(max-width: 67.99em)') ?? false;
  const isRail = !isPhone && (isEditor || isNarrow);
  const notice = useElementSize();
  const isLoading = useNavigation().state === 'loading';

  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: going somewhere is what closes the drawer
  useEffect(() => drawer.close(), [pathname]);

  return (
    <LiveConnection>
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      <AppShell
        header={{ height: 48, collapsed: !isPhone, offset: isPhone }}
        navbar={{ width: isRail ? railNavbar : wideNavbar, breakpoint: '48em', collapsed: { mobile: !isOpen } }}
        padding={0}
        transitionDuration={0}
        classNames={{ main: classes.main, navbar: classes.navbar, header: classes.header }}
      >
        {isLoading && (
          <Progress
            value={100}
            animated
            size={2}
            radius={0}
            className={classes.progress}
            aria-label="Loading the page"
          />
        )}
        <AppShell.Header px="sm">
          <Group h="100%" gap="sm">
            <Burger
              size="sm"
              opened={isOpen}
              onClick={drawer.toggle}
              aria-label={isOpen ? 'Close the navigation' : 'Open the navigation'}
              aria-expanded={isOpen}
            />
            <Brand />
          </Group>
        </AppShell.Header>
        <AppShell.Navbar>
          <Navigation isRail={isRail} />
        </AppShell.Navbar>
        <AppShell.Main __vars={{ '--sluice-notice-height': `${notice.height}px` }}>
          <div ref={notice.ref}>
            <StorageNotice />
          </div>
          <Box id="content" tabIndex={-1} className={classes.content} key={pathname.split('/')[1]}>
            <Outlet />
          </Box>
        </AppShell.Main>
      </AppShell>
    </LiveConnection>
  );
}
