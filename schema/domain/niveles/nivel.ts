/** The names and numbers of the niveles by themselves: a card's first paint needs these and no parser. */
export const NIVELES = ['bronce', 'plata', 'oro'] as const
export type Nivel = (typeof NIVELES)[number]

/** CARD-17, in hundredths. */
export const MULTIPLICADORES_PCT = { bronce: 100, plata: 125, oro: 150 } as const
/** CARD-09..11: lifetime points at which plata and oro begin. */
export const UMBRALES = { plata: 5_000, oro: 15_000 } as const
