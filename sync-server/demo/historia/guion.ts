/**
 * The story of the demo world, pure: what each till sold on a day. Told from the name of the till and the day alone, so that every machine tells
 * the same, a start killed halfway goes on where it stopped, and a world left for a week grows by that week.
 */
import { DIA, HORA, MINUTO } from '../../../schema/core/tiempo.ts'
import { azarDe } from '../azar.ts'

export interface VentaDelGuion {
  /** ms. */
  at: number
  shopper: 'juan' | 'ana' | 'maria' | null
  /** Names of articulos of the negocio, with how many. */
  lineas: readonly (readonly [articulo: string, cantidad: number])[]
  metodoPago: 'efectivo' | 'tarjeta' | 'transferencia'
  /** Code of the cupón the client shows. */
  cupon?: string
  /** Taken back a few minutes later: which line (by index) was a mistake. */
  reembolso: { despuesMs: number; linea: number; motivo: string } | null
  /**
   * What was odd about it, so that its points wait for the dueño: the QR of the sale before it was shown again (R2), it was shown half an hour before
   * the till read it (R11), the till had no lease (R15).
   */
  rara: { regla: 'R2'; tras: number } | { regla: 'R11'; mostradoMs: number } | { regla: 'R15' } | null
}

export interface CajaDelGuion {
  clave: string
  negocio: string
  sucursal: string
  nombre: string
  /** `@nick` of the negocio, or null: the dueño sells. */
  nick: string | null
}

export const CAJAS: readonly CajaDelGuion[] = [
  { clave: 'roma-centro', negocio: 'pizzeria-roma', sucursal: 'Centro', nombre: 'Caja 1', nick: 'carlos' },
  { clave: 'roma-norte', negocio: 'pizzeria-roma', sucursal: 'Norte', nombre: 'Caja Norte', nick: 'lucia' },
  { clave: 'cafe-jardin', negocio: 'cafe-central', sucursal: 'Jardín', nombre: 'Barra', nick: null },
  { clave: 'gym-qro', negocio: 'gym-fitness', sucursal: 'Querétaro', nombre: 'Recepción', nick: null },
]

/** Central Mexico keeps no daylight saving time since 2022. */
const MEDIANOCHE_UTC_MS = 6 * HORA
/** Number of a local calendar day, counted since 1970. */
export const diaDe = (at: number): number => Math.floor((at - MEDIANOCHE_UTC_MS) / DIA)
const medianoche = (dia: number) => dia * DIA + MEDIANOCHE_UTC_MS
/** 1970-01-01 was a Thursday. 0 is Sunday. */
const diaDeLaSemana = (dia: number) => (dia + 4) % 7

type Canasta = VentaDelGuion['lineas']
interface Cliente {
  shopper: 'juan' | 'ana' | 'maria'
  /** Minutes after local midnight. */
  minuto: number
  canasta: Canasta
  viene: (dia: number) => boolean
  /** Code of the cupón shown on some of those days. */
  cupon?: { codigo: string; usa: (dia: number) => boolean }
}
interface Costumbres {
  /** Local hours between which people come. */
  horario: readonly [number, number]
  /** Sales without a card, from Sunday to Saturday. */
  afluencia: readonly number[]
  canastas: readonly Canasta[]
  clientes: readonly Cliente[]
  /** Minutes after midnight of the last customers of the night: a pizzería closes at one. */
  trasnochados: readonly number[]
}

const los =
  (...dias: number[]) =>
  (dia: number) =>
    dias.includes(diaDeLaSemana(dia))
const cada = (cuantos: number, desde: number) => (dia: number) => dia % cuantos === desde
const entreSemana = los(1, 2, 3, 4, 5)

const COSTUMBRES: Record<string, Costumbres> = {
  'roma-centro': {
    horario: [9, 23],
    afluencia: [8, 4, 4, 5, 5, 8, 9],
    trasnochados: [4, 21],
    canastas: [
      [['Pizza margarita', 1]],
      [
        ['Pizza pepperoni', 1],
        ['Agua de jamaica 1 L', 1],
      ],
      [
        ['Pizza cuatro quesos', 1],
        ['Pan de ajo', 1],
        ['Agua de jamaica 1 L', 2],
      ],
      [
        ['Lasaña boloñesa', 2],
        ['Ensalada de la casa', 1],
        ['Tiramisú', 1],
      ],
      [
        ['Pizza pepperoni', 2],
        ['Pizza margarita', 1],
        ['Pan de ajo', 2],
        ['Agua de jamaica 1 L', 2],
      ],
      [
        ['Pizza hawaiana', 1],
        ['Refresco 600 ml', 2],
      ],
      [
        ['Especial de la casa', 1],
        ['Limonada mineral 1 L', 1],
      ],
      [
        ['Espagueti a la boloñesa', 1],
        ['Copa de vino tinto', 1],
      ],
      [
        ['Alitas BBQ, 12 piezas', 1],
        ['Cerveza artesanal', 2],
      ],
      [
        ['Pizza vegetariana', 1],
        ['Papas gajo', 1],
        ['Refresco 600 ml', 1],
      ],
      [
        ['Fettuccine Alfredo', 1],
        ['Agua natural 600 ml', 1],
        ['Helado, dos bolas', 1],
      ],
      [
        ['Pizza mexicana', 1],
        ['Pizza infantil', 1],
        ['Refresco 600 ml', 3],
      ],
      [
        ['Pizza carnes frías', 1],
        ['Entrega a domicilio', 1],
      ],
    ],
    clientes: [
      {
        shopper: 'juan',
        minuto: 14 * 60 + 12,
        viene: los(5),
        canasta: [
          ['Pizza pepperoni', 6],
          ['Pizza margarita', 3],
          ['Agua de jamaica 1 L', 4],
        ],
      },
      {
        shopper: 'ana',
        minuto: 9 * 60 + 38,
        viene: los(6, 0),
        canasta: [
          ['Pizza cuatro quesos', 2],
          ['Lasaña boloñesa', 1],
          ['Ensalada de la casa', 1],
          ['Tiramisú', 2],
        ],
      },
      {
        shopper: 'maria',
        minuto: 15 * 60 + 40,
        viene: cada(9, 2),
        cupon: { codigo: 'ROMA10', usa: cada(2, 0) },
        canasta: [
          ['Pizza margarita', 1],
          ['Pan de ajo', 1],
          ['Agua de jamaica 1 L', 1],
        ],
      },
    ],
  },
  'roma-norte': {
    horario: [13, 22],
    afluencia: [5, 2, 3, 3, 3, 5, 6],
    trasnochados: [],
    canastas: [
      [['Pizza pepperoni', 1]],
      [
        ['Pizza margarita', 1],
        ['Agua de jamaica 1 L', 1],
      ],
      [
        ['Lasaña boloñesa', 1],
        ['Tiramisú', 1],
      ],
      [
        ['Pizza caprese', 1],
        ['Limonada mineral 1 L', 1],
      ],
      [
        ['Especial de la casa', 1],
        ['Refresco 600 ml', 2],
      ],
      [
        ['Espagueti carbonara', 1],
        ['Panna cotta', 1],
      ],
      [
        ['Alitas BBQ, 12 piezas', 1],
        ['Pizza hawaiana', 1],
      ],
    ],
    clientes: [
      {
        shopper: 'ana',
        minuto: 19 * 60 + 55,
        viene: los(3),
        canasta: [
          ['Pizza pepperoni', 2],
          ['Pan de ajo', 1],
        ],
      },
    ],
  },
  'cafe-jardin': {
    horario: [7, 20],
    afluencia: [6, 5, 5, 5, 5, 6, 7],
    trasnochados: [],
    canastas: [
      [['Café americano', 1]],
      [
        ['Capuchino', 1],
        ['Concha de vainilla', 1],
      ],
      [
        ['Café americano', 2],
        ['Molletes', 1],
      ],
      [
        ['Capuchino', 2],
        ['Molletes', 2],
      ],
      [
        ['Café de olla', 1],
        ['Chilaquiles verdes', 1],
      ],
      [
        ['Chocolate oaxaqueño', 1],
        ['Cuernito relleno', 1],
      ],
    ],
    clientes: [
      // Breakfast for the office, every working day.
      {
        shopper: 'juan',
        minuto: 8 * 60 + 6,
        viene: entreSemana,
        canasta: [
          ['Café americano', 10],
          ['Capuchino', 4],
          ['Concha de vainilla', 12],
          ['Molletes', 3],
        ],
      },
      {
        shopper: 'ana',
        minuto: 9 * 60 + 14,
        viene: los(1, 2, 3, 4, 5, 6),
        cupon: { codigo: 'CAPU2X1', usa: los(6) },
        canasta: [
          ['Capuchino', 2],
          ['Molletes', 2],
          ['Concha de vainilla', 2],
        ],
      },
      {
        shopper: 'maria',
        minuto: 17 * 60 + 31,
        viene: los(2, 4, 6),
        canasta: [
          ['Capuchino', 1],
          ['Concha de vainilla', 1],
        ],
      },
    ],
  },
  'gym-qro': {
    horario: [6, 21],
    afluencia: [1, 3, 3, 3, 3, 2, 2],
    trasnochados: [],
    canastas: [
      [['Visita', 1]],
      [
        ['Visita', 1],
        ['Agua 600 ml', 1],
      ],
      [['Mensualidad', 1]],
    ],
    clientes: [
      { shopper: 'juan', minuto: 6 * 60 + 48, viene: cada(30, 3), canasta: [['Mensualidad', 1]] },
      { shopper: 'ana', minuto: 7 * 60 + 22, viene: cada(30, 11), canasta: [['Mensualidad', 1]] },
      { shopper: 'maria', minuto: 18 * 60 + 5, viene: cada(30, 20), canasta: [['Mensualidad', 1]] },
    ],
  },
}

const METODOS = ['efectivo', 'efectivo', 'efectivo', 'tarjeta', 'tarjeta', 'transferencia'] as const
/** One sale in so many was typed wrong. */
const UN_REEMBOLSO_CADA = 45

const rara = (dia: number, minuto: number, shopper: Cliente['shopper'], que: VentaDelGuion['rara'], lineas: Canasta): VentaDelGuion => ({
  ...{ at: medianoche(dia) + minuto * MINUTO, shopper, lineas, metodoPago: 'efectivo', reembolso: null, rara: que },
})
const OTRA_VEZ_MS = 45_000
const MEDIA_HORA_MS = 26 * MINUTO

/** Every other day something happens that a person must look at: never many at once, and never none. */
const RARAS: Record<string, (dia: number) => VentaDelGuion[]> = {
  'roma-centro': (dia) => {
    if (dia % 6 === 2) return [rara(dia, 13 * 60 + 47, 'ana', { regla: 'R11', mostradoMs: MEDIA_HORA_MS }, [['Pizza hawaiana', 1]])]
    if (dia % 6 !== 4) return []
    return [
      rara(dia, 13 * 60 + 15, 'maria', { regla: 'R15' }, [
        ['Pizza al pastor', 1],
        ['Limonada mineral 1 L', 1],
      ]),
    ]
  },
  'roma-norte': (dia) => {
    if (dia % 6 !== 0) return []
    const primera = rara(dia, 13 * 60 + 20, 'maria', null, [['Pizza pepperoni', 1]])
    const segunda = rara(dia, 13 * 60 + 20, 'maria', { regla: 'R2', tras: OTRA_VEZ_MS }, [['Alitas BBQ, 12 piezas', 1]])
    return [primera, { ...segunda, at: segunda.at + OTRA_VEZ_MS }]
  },
}

/** What this till sells on a local day (diaDe), in order of time. */
export function ventasDelDia(claveDeCaja: string, dia: number): VentaDelGuion[] {
  const costumbres = COSTUMBRES[claveDeCaja]
  if (!costumbres) return []
  const azar = azarDe(`${claveDeCaja}|${dia}`)
  const elegir = <T>(lista: readonly T[]): T => lista[Math.floor(azar() * lista.length)] as T
  const venta = (minuto: number, lineas: Canasta, shopper: Cliente['shopper'] | null, cupon?: string): VentaDelGuion => {
    // Whoever comes with a card comes at about the same hour; the seconds are anybody's.
    const at = medianoche(dia) + minuto * MINUTO + Math.floor(azar() * MINUTO)
    const seReembolsa = shopper === null && lineas.length > 1 && azar() * UN_REEMBOLSO_CADA < 1
    const reembolso = seReembolsa ? { despuesMs: 4 * MINUTO, linea: lineas.length - 1, motivo: 'No lo llevó' } : null
    return { at, shopper, lineas, metodoPago: elegir(METODOS), ...(cupon ? { cupon } : {}), reembolso, rara: null }
  }
  const [abre, cierra] = costumbres.horario
  const cuantas = costumbres.afluencia[diaDeLaSemana(dia)] ?? 0
  const pasan = Array.from({ length: cuantas }, () => Math.floor((abre + azar() * (cierra - abre)) * 60))
  return [
    ...[...costumbres.trasnochados, ...pasan].map((minuto) => venta(minuto, elegir(costumbres.canastas), null)),
    ...costumbres.clientes
      .filter((c) => c.viene(dia))
      .map((c) => venta(c.minuto, c.canasta, c.shopper, c.cupon?.usa(dia) ? c.cupon.codigo : undefined)),
    ...(RARAS[claveDeCaja]?.(dia) ?? []),
  ].sort((a, b) => a.at - b.at)
}
