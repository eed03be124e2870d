/**
 * What hosts are, where no site file says it: only what logs show plainly. A domain controller issues tickets and keeps the
 * directory's log; a host of the plant runs the plant's programs from where an installer put them. Names tell nothing: an
 * `HMI3` may be a test machine, and a `PC12` a turbine's screen.
 *
 * One scan of process starts, shares and remote sessions; a program is looked up once for each path.
 */
import { plantProducts, productOf } from '../../know/plant/index.ts';
import { plantRoles } from '../../know/site/index.ts';
import { type FactSource, HostNames } from '../../read/entities/index.ts';
import type { InferredRole, InferredRoles, LogKind } from './types.ts';

/** Clients that make a host a file server, and servers that a jump host leads on to. */
const FEW_CLIENTS = 5;
const FEW_SERVERS = 2;
/** Different values that are remembered; hostile logs hold more. */
const MOST_PATHS = 50_000;
const MOST_PEERS = 64;
const MOST_SAID = 160;

/** Shares that every Windows host or every controller has. */
const COMMON_SHARES: ReadonlySet<string> = new Set(['sysvol', 'netlogon', 'print$']);

type Observed = {
  readonly roles: Map<string, string>;
  readonly clients: Set<string>;
  readonly callers: Set<string>;
  readonly servers: Set<string>;
};

/** `kinds`: what the logs hold, by the ledger or the coverage of the hunt. */
export function inferRoles(
  kinds: Iterable<LogKind>,
  facts: FactSource,
  hosts: readonly string[],
): InferredRoles {
  const names = new HostNames(hosts);
  const byHost = new Map<string, Observed>();
  const of = (written: string): Observed => {
    const host = names.canonical(written);
    let observed = byHost.get(host);
    if (observed === undefined) {
      observed = { roles: new Map(), clients: new Set(), callers: new Set(), servers: new Set() };
      byHost.set(host, observed);
    }
    return observed;
  };
  for (const { host, channel, eventId } of kinds) {
    const because = controllerBy(channel, eventId);
    if (because !== null) of(host).roles.set('dc', because);
  }
  scanFacts(facts, of, names);
  const inferred = new Map<string, readonly InferredRole[]>();
  for (const [host, observed] of [...byHost].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const roles = rolesBy(observed);
    if (roles.length > 0) inferred.set(host, roles);
  }
  return inferred;
}

/** Hosts of the plant among them. */
export function plantAmong(roles: InferredRoles): ReadonlySet<string> {
  return new Set([...roles].filter(([, each]) => each.some(isOfPlant)).map(([host]) => host));
}

export function isOfPlant({ role }: InferredRole): boolean {
  return plantRoles.has(role);
}

function controllerBy(channel: string, eventId: number): string | null {
  if (channel === 'Directory Service') return 'its logs hold the log of the directory service';
  if (channel === 'Security' && (eventId === 4768 || eventId === 4769))
    return 'its Security log says that it issues Kerberos tickets (4768, 4769)';
  return null;
}

function scanFacts(facts: FactSource, of: (host: string) => Observed, names: HostNames): void {
  const products = new Map<string, ReturnType<typeof productOf>>();
  facts.scan(
    view => {
      if (view.type === 'process-start') {
        const image = view.text('image');
        if (image === undefined) return;
        let product = products.get(image);
        if (product === undefined) {
          product = productOf(image);
          if (products.size < MOST_PATHS) products.set(image, product);
        }
        if (product === null) return;
        const said = `it runs ${product.name} (${image.slice(0, MOST_SAID)})`;
        const { roles } = of(view.host);
        const before = roles.get(product.role);
        // The same whatever the order of facts.
        if (before === undefined || said < before) roles.set(product.role, said);
      } else if (view.type === 'share-access') {
        const share = shareName(view.text('share') ?? '');
        if (share === '' || share.endsWith('$') || COMMON_SHARES.has(share)) return;
        add(of(view.host).clients, view.text('sourceIp'));
      } else if (view.type === 'remote-session') {
        add(of(view.host).callers, view.text('sourceIp') ?? view.text('sourceHost'));
      } else {
        const target = view.text('target');
        if (target !== undefined) add(of(view.host).servers, names.canonical(target));
      }
    },
    ['process-start', 'share-access', 'remote-session', 'remote-session-out'],
  );
}

function shareName(share: string): string {
  return share.slice(share.lastIndexOf('\\') + 1).toLowerCase();
}

function add(peers: Set<string>, peer: string | undefined): void {
  if (peer !== undefined && peer !== 'LOCAL' && peers.size < MOST_PEERS) peers.add(peer);
}

/** Those of the plant first: they decide what is advised. */
function rolesBy({ roles, clients, callers, servers }: Observed): InferredRole[] {
  const found = [...roles].map(([role, because]) => ({ role, because }));
  if (clients.size >= FEW_CLIENTS && !roles.has('dc'))
    found.push({ role: 'file', because: `${atLeast(clients)} addresses open files on its shares` });
  if (callers.size > 0 && servers.size >= FEW_SERVERS) {
    const because = `people come to it by remote desktop and go on to ${atLeast(servers)} others`;
    found.push({ role: 'jump', because });
  }
  const rank = (role: string): number => {
    const at = order.indexOf(role);
    return at < 0 ? order.length : at;
  };
  return found.sort((a, b) => rank(a.role) - rank(b.role));
}

const order: readonly string[] = [...new Set(plantProducts.map(({ role }) => role as string)), 'dc', 'jump'];

function atLeast(peers: ReadonlySet<string>): string {
  return peers.size >= MOST_PEERS ? `${MOST_PEERS} or more` : String(peers.size);
}
