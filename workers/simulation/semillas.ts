/** Seeds that once found a real bug, kept for ever, each with what it found; and the fixed ones of every run. */
export const KEPT_SEEDS: { seed: number; que: string }[] = [
  {
    seed: 1,
    que: 'a COMMIT lost on the embedded database: a connection inside a transaction was handed to the next one, two uploads hung',
  },
  { seed: 2, que: 'a resent edit left the value another had written in the history as if it were new' },
  { seed: 3, que: 'the same lost COMMIT, under one upload of ten sales while another till pulled' },
  {
    seed: 4,
    que: 'a sale with a cupón at a till started with no network waited for itself: nothing of that journal was written or sent any more',
  },
  {
    seed: 23,
    que: 'an edit sent again took the clamp of another edit of its device, whose clamped hour was the hour it had been written with',
  },
  {
    seed: 25,
    que: 'a device whose last write had failed asked about no chain: a server restored from a backup lacked what it had acknowledged',
  },
  {
    seed: 1695430483,
    que: 'a canje that had ended less than a minute before was swept while every journal was sent again, and was taken for what a repetition did',
  },
  {
    seed: 947755367,
    que: 'a decision about a sale that was gone with its journal and the server’s last day was refused and kept in sight, and was taken for one that is lost',
  },
  {
    seed: 947755542,
    que: 'an edit was taken to confirm the fields that its device had written before, which a server put back from a copy had lost',
  },
  {
    seed: 163,
    que: 'a decision that a restored server refused, for its sale had not come again yet, stayed refused once it had',
  },
  {
    seed: 1780590932,
    que: 'a tab that had been refused a session and led no more said so for ever, while the one beside it was up to date',
  },
  {
    seed: 468147251,
    que: 'a decision about a row that a restored server, judging its sale anew, made no more was taken for lost; so was a field that an edit left as it was',
  },
  {
    seed: 468147363,
    que: 'a sale judged before its restored server gave the number of its till’s rules to others was doubted for those others (R12)',
  },
  { seed: 1893109087, que: 'the claim of a sale whose cashier was out by then was credited: its judge had not read who had sold' },
]

/** Kept seeds first, then 1, 2, 3… */
export function semillasFijas(cuantas: number, desde = 1): number[] {
  const guardadas = desde === 1 ? KEPT_SEEDS.map((k) => k.seed) : []
  const fijas = Array.from({ length: cuantas + guardadas.length }, (_, i) => desde + i).filter((seed) => !guardadas.includes(seed))
  return [...guardadas, ...fijas].slice(0, Math.max(cuantas, guardadas.length))
}
