/** Columns of each shape: those of the protocol's rows, and no more. Personal data of shoppers is in none of them. */
import { type Columnas, columna, lista } from './columnas.ts'

const uuid = columna('uuid')
const text = columna('text')
const bool = columna('bool')
const int4 = columna('int4')
const int8 = columna('int8')
const instante = columna('instante')

const DISPOSITIVOS: Columnas = {
  id: uuid,
  negocioId: uuid,
  negocio: text,
  sucursalId: columna('uuid', 'nula'),
  sucursal: columna('text', 'nula'),
  nombre: text,
  tipo: text,
  serie: text,
  bajaAt: columna('instante', 'nula'),
  ultimoContactoAt: columna('instante', 'nula'),
  enLinea: bool,
  pendientes: columna('int4', 'nula'),
  masAntiguoAt: columna('instante', 'nula'),
  offsetMs: columna('int8', 'nula'),
  almacenBytes: columna('int8', 'nula'),
  cuotaBytes: columna('int8', 'nula'),
  persistente: columna('bool', 'nula'),
  versionApp: columna('text', 'nula'),
  protocolo: columna('int4', 'nula'),
  recibidos: int8,
  sinProcesar: int8,
  retrasoP50: columna('int8', 'nula'),
  retrasoP95: columna('int8', 'nula'),
  atencion: lista('text'),
}

const NEGOCIOS: Columnas = {
  negocioId: uuid,
  nombre: text,
  numero: int4,
  sucursales: int8,
  equipos: int8,
  enLinea: int8,
  conAtencion: int8,
  pendientes: int8,
  masAntiguoAt: columna('instante', 'nula'),
  ultimoContactoAt: columna('instante', 'nula'),
  recibidos: int8,
}

const VEREDICTOS: Columnas = {
  id: text,
  negocioId: uuid,
  negocio: text,
  sucursal: text,
  dispositivoId: columna('uuid', 'nula'),
  dispositivo: text,
  hechoId: uuid,
  tipo: text,
  estado: text,
  regla: columna('text', 'nula'),
  codigo: text,
  montoCentavos: columna('int8', 'nula'),
  puntos: int8,
  folio: columna('text', 'nula'),
  effAt: instante,
  juzgadoAt: instante,
  resultado: text,
}

const NODOS: Columnas = {
  id: text,
  version: text,
  iniciadoAt: instante,
  latidoAt: instante,
  memoriaBytes: columna('int8', 'nula'),
  bucleMs: columna('float8', 'nula'),
  baseMs: columna('float8', 'nula'),
  streams: columna('int4', 'nula'),
}

const PULSO: Columnas = { at: instante, hechos: int8, p50: columna('int8', 'nula'), p95: columna('int8', 'nula') }

const ARTICULOS: Columnas = {
  id: uuid,
  nombre: text,
  descripcion: text,
  precioCentavos: int8,
  categoria: text,
  tipo: text,
  visible: bool,
  agotado: bool,
  destacado: bool,
  desde: bool,
  sucursales: lista('uuid'),
  imagenes: lista('text'),
}

const TRANSACCIONES: Columnas = {
  id: uuid,
  sucursalId: columna('uuid', 'nula'),
  dispositivoId: columna('uuid', 'nula'),
  folio: text,
  clienteId: columna('uuid', 'nula'),
  empleadoId: columna('uuid', 'nula'),
  montoCentavos: int8,
  metodoPago: text,
  lineas: columna('jsonb'),
  puntosOtorgados: int4,
  puntosDevueltos: int4,
  acreditada: bool,
  retenida: bool,
  reembolsadoCentavos: int8,
  estado: text,
  motivo: columna('text', 'nula'),
  nivelCliente: columna('text', 'nula'),
  effAt: instante,
  recibidoAt: instante,
}

const AVISOS: Columnas = {
  id: text,
  tipo: text,
  regla: columna('text', 'nula'),
  codigo: text,
  costoCentavos: columna('int8', 'nula'),
  puntos: columna('int4', 'nula'),
  datos: columna('jsonb'),
  creadoAt: instante,
  resueltoAt: columna('instante', 'nula'),
  resueltoPor: columna('text', 'nula'),
  resolucion: columna('text', 'nula'),
}

/** By the name of the shape; `llave` tells its rows apart. */
export const COLUMNAS = {
  dispositivos: { columnas: DISPOSITIVOS, llave: 'id' },
  negocios: { columnas: NEGOCIOS, llave: 'negocioId' },
  veredictos: { columnas: VEREDICTOS, llave: 'id' },
  nodos: { columnas: NODOS, llave: 'id' },
  pulso: { columnas: PULSO, llave: 'at' },
  articulos: { columnas: ARTICULOS, llave: 'id' },
  transacciones: { columnas: TRANSACCIONES, llave: 'id' },
  avisos: { columnas: AVISOS, llave: 'id' },
} as const
