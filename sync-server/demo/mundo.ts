/** Who and what lives in the demo world (design 01). Credentials are public: they exist on demo machines only. */
import { CAJERO_AVANZADO, type PermisosScanYA, SUPERVISOR } from '../../schema/domain/empleados/permisos.ts'
import { type ArticuloDemo, DE_ROMA, DEL_CAFE, DEL_GYM } from './catalogo/articulos.ts'

export interface CuentaDemo {
  clave: string
  papel: string
  nombre: string
  apellidos: string
  correo: string
  contrasena: string
  esSuperadmin?: boolean
  /** Settled points to arrive with where the world has no history to earn them in. */
  puntosLifetime?: number
}

const SHOPPER = 'Puntos-2026-demo'

export const CUENTAS: readonly CuentaDemo[] = [
  {
    clave: 'roma',
    papel: 'Dueña de Pizzería Roma',
    nombre: 'Rosa',
    apellidos: 'Romano',
    correo: 'dueno@pizzeriaroma.mx',
    contrasena: 'Roma-2026-demo',
  },
  {
    clave: 'norte',
    papel: 'Gerente de Pizzería Roma Norte',
    nombre: 'Pablo',
    apellidos: 'Nava',
    correo: 'gerente@pizzeriaroma.mx',
    contrasena: 'Norte-2026-demo',
  },
  {
    clave: 'cafe',
    papel: 'Dueño de Café Central',
    nombre: 'Tomás',
    apellidos: 'Cruz',
    correo: 'dueno@cafecentral.mx',
    contrasena: 'Cafe-2026-demo',
  },
  {
    clave: 'gym',
    papel: 'Dueña de Gym Fitness',
    nombre: 'Laura',
    apellidos: 'Vega',
    correo: 'dueno@gymfitness.mx',
    contrasena: 'Gym-2026-demo',
  },
  {
    clave: 'juan',
    papel: 'Cliente oro',
    nombre: 'Juan',
    apellidos: 'Pérez',
    correo: 'juan@example.mx',
    contrasena: SHOPPER,
    puntosLifetime: 16_200,
  },
  {
    clave: 'ana',
    papel: 'Cliente plata',
    nombre: 'Ana',
    apellidos: 'López',
    correo: 'ana@example.mx',
    contrasena: SHOPPER,
    puntosLifetime: 6_450,
  },
  {
    clave: 'maria',
    papel: 'Cliente bronce',
    nombre: 'María',
    apellidos: 'González',
    correo: 'maria@example.mx',
    contrasena: SHOPPER,
    puntosLifetime: 830,
  },
  {
    clave: 'admin',
    papel: 'Superadmin',
    nombre: 'Admin',
    apellidos: 'AnunciaYA',
    correo: 'admin@anunciaya.mx',
    contrasena: 'Panel-2026-demo',
    esSuperadmin: true,
  },
]

export interface NegocioDemo {
  codigoCaja: string
  nombre: string
  dueno: string
  ciudad: string
  valorPuntoCentavos: number
  sucursales: string[]
  gerente?: { clave: string; sucursal: string }
  empleados: {
    nombre: string
    nick: string
    pin: string
    puesto: string
    sucursal: string
    todasLasSucursales?: boolean
    permisosScanYA: PermisosScanYA
  }[]
  articulos: readonly ArticuloDemo[]
  /** Computers on which its catálogo is edited: whose, and of which sucursal (all of them when absent). */
  studios: readonly { clave: string; cuenta: string; nombre: string; sucursal?: string }[]
}

/** The template of a cajero avanzado, and the client's panel: the story shows whose card was read. */
const DE_CARLOS: PermisosScanYA = { ...CAJERO_AVANZADO, operaciones: { ...CAJERO_AVANZADO.operaciones, verInfoCliente: true } }

export const NEGOCIOS: readonly NegocioDemo[] = [
  {
    codigoCaja: 'pizzeria-roma',
    nombre: 'Pizzería Roma',
    dueno: 'roma',
    ciudad: 'San Miguel de Allende',
    valorPuntoCentavos: 1_000,
    sucursales: ['Centro', 'Norte'],
    gerente: { clave: 'norte', sucursal: 'Norte' },
    empleados: [
      { nombre: 'Carlos Ruiz', nick: 'carlos', pin: '482913', puesto: 'Cajero', sucursal: 'Centro', permisosScanYA: DE_CARLOS },
      {
        nombre: 'Lucía Mora',
        nick: 'lucia',
        pin: '739154',
        puesto: 'Supervisora',
        sucursal: 'Norte',
        todasLasSucursales: true,
        permisosScanYA: SUPERVISOR,
      },
    ],
    articulos: DE_ROMA,
    studios: [
      { clave: 'roma-centro', cuenta: 'roma', nombre: 'Laptop Centro' },
      { clave: 'roma-norte', cuenta: 'norte', nombre: 'Laptop Norte', sucursal: 'Norte' },
    ],
  },
  {
    codigoCaja: 'cafe-central',
    nombre: 'Café Central',
    dueno: 'cafe',
    ciudad: 'San Miguel de Allende',
    valorPuntoCentavos: 500,
    sucursales: ['Jardín'],
    empleados: [],
    articulos: DEL_CAFE,
    studios: [],
  },
  {
    codigoCaja: 'gym-fitness',
    nombre: 'Gym Fitness',
    dueno: 'gym',
    ciudad: 'Querétaro',
    valorPuntoCentavos: 2_000,
    sucursales: ['Querétaro'],
    empleados: [],
    articulos: DEL_GYM,
    studios: [],
  },
]
