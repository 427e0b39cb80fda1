/** Channel between the pages of one browser: whoever knows that the server answers again says so here, and no replica waits for its timer. */
export const CANAL_DE_RED = 'anunciaya-red'
