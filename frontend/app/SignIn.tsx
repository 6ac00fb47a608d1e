/** The local stack's sign-in: pick a demo person. Real apps pass a token getter instead. */
import { ChevronRight, Info } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { createMockPrepaid } from "../src/client/mock";
import { LEVELS, type Standing } from "../src/components/level";
import { PrepaidProvider, usePrepaid } from "../src/context";
import { Skeleton } from "../src/components/ui";
import { chosenLocale, initials } from "./Page";
import { useArrival } from "./arrival";
import { Logo } from "./Logo";
import { text } from "./texts";
import { people, type Person, type PersonWithBalance } from "./session";
import { useTexts } from "../src/texts";

interface SignInProps {
  takesFocus: boolean;
  onChoose: (person: Person) => void;
}

export function SignIn(props: SignInProps) {
  const client = useMemo(() => createMockPrepaid(), []);
  return (
    <PrepaidProvider client={client} {...chosenLocale()}>
      <Choice {...props} />
    </PrepaidProvider>
  );
}

function Choice({ takesFocus, onChoose }: SignInProps) {
  const heading = useArrival(takesFocus);
  const { rootProps } = usePrepaid();
  const [found, setFound] = useState<PersonWithBalance[] | "loading" | "failed">("loading");
  useEffect(() => {
    people().then(setFound, () => setFound("failed"));
  }, []);
  return (
    <main {...rootProps} className="app app-sign-in pp-root">
      <Logo />
      <section className="pp-card" aria-labelledby="who">
        <header>
          <h1 ref={heading} tabIndex={-1} id="who">{text("signIn.title")}</h1>
          <p className="pp-sentence">{text("signIn.text")}</p>
        </header>
        {found === "failed" && <p className="app-problem" role="alert">{coded(text("signIn.failed"))}</p>}
        {found === "loading" && <Loading />}
        {Array.isArray(found) && <ul>{found.map((each) => <Someone key={each.user} person={each} onChoose={onChoose} />)}</ul>}
        <footer><Info aria-hidden size={15} /> <span>{coded(text("signIn.own"))}</span></footer>
      </section>
    </main>
  );
}

/** Rows of the same size; after a moment, why it takes one. */
function Loading() {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 1_500);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      <ul aria-hidden>
        {["one", "two", "three"].map((each) => (
          <li key={each} className="app-choice">
            <Skeleton width={36} height={36} />
            <span className="app-choice-who"><Skeleton width={140} height={16} /><Skeleton width={180} height={13} /></span>
          </li>
        ))}
      </ul>
      <p className="app-problem" role="status">{text(isSlow ? "signIn.starting" : "signIn.loading")}</p>
    </>
  );
}

/** What stands between backticks, as code. */
const coded = (words: string) => words.split("`").map((part, place) => (place % 2 ? <code key={part}>{part}</code> : part));

/** As the page shows it after signing in; null while the balance is not known. */
function standingOf({ role, status, level }: PersonWithBalance): Standing | null {
  if (role === "super_admin") return "unlimited";
  return status === "closed" ? "closed" : level;
}

function Level({ standing }: { standing: Standing }) {
  const { t } = useTexts();
  const { icon: Shape } = LEVELS[standing];
  return <span><Shape aria-hidden size={14} /> {t(`level.${standing}`)}</span>;
}

function Someone({ person, onChoose }: { person: PersonWithBalance; onChoose: (person: Person) => void }) {
  const { format } = useTexts();
  const standing = standingOf(person);
  const { user, role, name, company } = person;
  return (
    <li>
      <button type="button" className="app-choice" onClick={() => onChoose({ user, role, name, company })}>
        <span className="app-avatar" aria-hidden>{initials(name)}</span>
        <span className="app-choice-who"><b>{name}</b><span>{user} · {company}</span></span>
        <span className="app-choice-has" data-tone={standing ? LEVELS[standing].tone : "neutral"}>
          {standing !== "unlimited" && <b>{person.available === null ? "–" : format.credits(person.available)}</b>}
          {standing && <Level standing={standing} />}
        </span>
        <ChevronRight aria-hidden size={16} />
      </button>
    </li>
  );
}
