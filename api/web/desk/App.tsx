import { errorCode } from '@shared/api/errors';
import { hasChosenLanguage, setLanguage, toLanguage } from '@shared/i18n';
import { Skeleton } from '@shared/ui/Skeleton';
import { Trouble } from '@shared/ui/Trouble';
import { useCallback, useEffect, useRef, useState } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { useQuery } from 'urql';
import { CasePage } from './casePage/CasePage';
import { ContactPage } from './contact/ContactPage';
import { LiveProvider } from './live';
import { ApiRoot, MeProvider } from './session';
import { Idle } from './shell/Idle';
import { MeDocument } from './shell/query';
import { Shell } from './shell/Shell';
import { SignIn, type SignInReason } from './signIn/SignIn';
import { WorkList } from './workList/WorkList';

type Gate = { open: true; session: number } | { open: false; session: number; reason: SignInReason };

export function App() {
  const [gate, setGate] = useState<Gate>({ open: true, session: 0 });
  const signedIn = useCallback(() => setGate(({ session }) => ({ open: true, session: session + 1 })), []);
  const leave = useCallback((reason: SignInReason) => setGate(({ session }) => ({ open: false, session, reason })), []);
  const wasIn = useRef(false);
  const entered = useCallback(() => {
    wasIn.current = true;
  }, []);
  const refused = useCallback(() => {
    const reason = wasIn.current ? 'expired' : 'first';
    setGate((now) => (now.open ? { ...now, open: false, reason } : now));
  }, []);
  return (
    <BrowserRouter basename="/desk">
      <ApiRoot key={gate.session} onSignedOut={refused}>
        {gate.open ? (
          <Desk onEntered={entered} onSignOut={() => leave('signedOut')} />
        ) : (
          <SignIn reason={gate.reason} onSignedIn={signedIn} />
        )}
      </ApiRoot>
    </BrowserRouter>
  );
}

function Desk({ onEntered, onSignOut }: { onEntered: () => void; onSignOut: () => void }) {
  const [{ data, error }, refetch] = useQuery({ query: MeDocument });
  const askAgain = useCallback(() => refetch({ requestPolicy: 'network-only' }), [refetch]);
  const locale = data?.me.locale;
  useEffect(() => {
    if (locale === undefined) return;
    onEntered();
    const language = toLanguage(locale);
    if (language && !hasChosenLanguage()) setLanguage(language, false);
  }, [locale, onEntered]);

  if (!data) {
    return (
      <main className="alone">
        <h1 className="vh">Busbar</h1>
        {error && errorCode(error) !== 'UNAUTHENTICATED' ? (
          <Trouble error={error} asked="read" onRetry={askAgain} />
        ) : (
          <Skeleton lines={6} />
        )}
      </main>
    );
  }
  return (
    <MeProvider value={data.me}>
      <LiveProvider onChange={askAgain}>
        <Routes>
          <Route element={<Shell onChange={askAgain} onSignOut={onSignOut} />}>
            <Route index element={<Idle />} />
            <Route path="contact/:tenant/:interactionId" element={<ContactPage />} />
            <Route path="case/:tenant/:caseId" element={<CasePage />} />
            <Route path="work" element={<WorkList />} />
            <Route path="*" element={<Idle />} />
          </Route>
        </Routes>
      </LiveProvider>
    </MeProvider>
  );
}
