/** Two negocios with something of everything: the one of who asks, and a victim whose names and amounts are unmistakable. */

import { DIA } from '../../schema/core/tiempo.ts'
import { SUPERVISOR } from '../../schema/domain/empleados/permisos.ts'
import { crearArticulos } from '../domain/articulos/crear.ts'
import { canjear } from '../domain/canjes/crear.ts'
import { crearCupones } from '../domain/cupones/crear.ts'
import { crearEnlace } from '../domain/dispositivos/enlazar.ts'
import { crearEmpleado } from '../domain/empleados/crear.ts'
import { crearRecompensas } from '../domain/recompensas/crear.ts'
import type { Quien } from '../http/ruta.ts'
import type { DbDePrueba } from './db.ts'
import { DiarioDePrueba } from './diario.ts'
import { loginEmpleado } from './empleado.ts'
import { darCuentaDeGerente } from './gerente.ts'
import type { Ids } from './rutas.ts'
import {
  AHORA_DE_PRUEBA,
  altaDeCaja,
  crearCuentaDePrueba,
  crearNegocioDePrueba,
  crearShopper,
  type NegocioDePrueba,
  type ServidorDePrueba,
  sesionDeDispositivo,
  tokenDeCuenta,
} from './servidor.ts'

const PIN = '739154'
/** Of nothing. */
const NADIE = '018f0000-0000-7000-8000-0000000000ff'
export const DE_NADIE: Ids = {
  negocio: NADIE,
  sucursal: NADIE,
  dispositivo: NADIE,
  empleado: NADIE,
  usuario: NADIE,
  transaccion: NADIE,
  articulo: NADIE,
  cupon: NADIE,
  codigoDeCupon: 'NO-HAY-TAL',
  imagen: '0'.repeat(64),
  aviso: NADIE,
  cadena: NADIE,
  licencia: NADIE,
  identificacion: NADIE,
  codigo: 'no-hay-tal',
  veredicto: `${NADIE}|${NADIE}|0`,
  enlace: NADIE,
  llave: '0'.repeat(32),
  recompensa: NADIE,
  canje: NADIE,
  codigoDeCanje: 'CANJE-000000',
}

interface Mundo {
  ids: Ids
  negocio: NegocioDePrueba
}

export interface DosMundos {
  /** Of its Centro; the gerente's is the other one. */
  propio: Mundo
  ajeno: Mundo
  /** A living token of each; a new one when the last was ended. */
  token: (quien: Actor) => Promise<string>
  /** Nothing of it may be in any answer to anybody of these. */
  secretos: string[]
}

export type Actor = Quien
/** A supervisor who may also change montos: what the door of each route lets through. */
const TODO_PERMITIDO = { ...SUPERVISOR, ajustes: { ...SUPERVISOR.ajustes, modificarMontos: true } }

export const ACTORES: readonly Actor[] = ['nadie', 'cuenta', 'superadmin', 'dueno', 'gerente', 'empleado', 'caja', 'studio']

type Servidor = ServidorDePrueba<DbDePrueba>

export async function crearDosMundos(servidor: Servidor): Promise<DosMundos> {
  const propio = await poblar(servidor, {
    nombre: 'Taquería Propia',
    empleado: 'Tomasa',
    telefono: '5512345678',
    cliente: 'Ana',
    montoCentavos: 50_000,
    articulo: 'Taco de canasta',
  })
  const ajeno = await poblar(servidor, {
    nombre: 'Zapatería Victoria',
    empleado: 'Zenobio',
    telefono: '4151234567',
    cliente: 'Remigio',
    montoCentavos: 9_876_543,
    articulo: 'Huarache piteado',
  })
  const { negocio, caja } = propio
  const norte = negocio.sucursales[1]!.id
  const gerente = await darCuentaDeGerente(servidor, negocio.negocioId, norte)
  const studio = await altaDeCaja(servidor, negocio, { tipo: 'studio', sucursalId: null })
  const { usuarioId: shopper } = await crearCuentaDePrueba(servidor)
  const { usuarioId: superadmin } = await crearCuentaDePrueba(servidor)
  await servidor.db.superusuario`update usuarios set es_superadmin = true where id = ${superadmin}`
  const cuentas: Partial<Record<Actor, string>> = { cuenta: shopper, superadmin, dueno: negocio.dueno.usuarioId, gerente }
  const token = async (quien: Actor): Promise<string> => {
    if (quien === 'nadie') return ''
    const cuenta = cuentas[quien]
    if (cuenta) return tokenDeCuenta(servidor, cuenta)
    if (quien === 'empleado') return (await loginEmpleado(servidor, caja, 'tomasa', PIN)).cuerpo.data.token
    return (await sesionDeDispositivo(servidor, quien === 'caja' ? caja : studio)).token
  }
  return {
    propio,
    ajeno,
    token,
    secretos: [
      ...['Zapatería Victoria', 'Zenobio', 'Remigio', 'Huarache piteado', '4151234567', '9876543', '98765.43', ajeno.correo],
      ...Object.values(ajeno.ids).filter((id) => !Object.values(DE_NADIE).includes(id)),
    ],
  }
}

interface Gente {
  nombre: string
  empleado: string
  telefono: string
  cliente: string
  montoCentavos: number
  articulo: string
}

async function poblar(servidor: Servidor, gente: Gente) {
  const negocio = await crearNegocioDePrueba(servidor, { nombre: gente.nombre, sucursales: [{ nombre: 'Centro' }, { nombre: 'Norte' }] })
  const { negocioId, sucursalId } = negocio
  const caja = await altaDeCaja(servidor, negocio)
  const empleado = await crearEmpleado(servidor.deps, negocioId, {
    ...{ nombre: gente.empleado, nick: gente.empleado.toLowerCase(), pin: PIN, telefono: gente.telefono },
    ...{ sucursalId, permisosScanYA: TODO_PERMITIDO },
  })
  const pedido = { tipo: 'caja', nombre: `ScanYA ${gente.empleado}`, sucursalId, empleadoId: empleado.id } as const
  const enlace = await crearEnlace(servidor.deps, negocioId, negocio.dueno.usuarioId, pedido)
  const [articulo] = await crearArticulos(servidor.deps, negocioId, negocio.dueno.usuarioId, [
    { nombre: gente.articulo, precioCentavos: gente.montoCentavos, visible: false },
  ])
  // Not for everybody: what a negocio offers to all is no secret.
  const [cupon] = await crearCupones(servidor.deps, negocioId, negocio.dueno.usuarioId, [
    {
      ...{ titulo: `Regalo de ${gente.nombre}`, tipo: 'monto', valor: 5_000, desdeAt: 0, venceAt: AHORA_DE_PRUEBA + 30 * DIA },
      ...{ codigo: `${gente.empleado.toUpperCase()}-50`, publico: false },
    },
  ])
  const cliente = await crearShopper(servidor, { nombre: gente.cliente })
  const diario = new DiarioDePrueba(servidor, caja)
  await diario.abrir()
  // Twice with one code: the points of the second are held (R2). Given back twice: that is in the inbox (R6).
  const qr = await cliente.qr()
  const { id: transaccionId } = await diario.vender({ qr, montoCentavos: gente.montoCentavos })
  await diario.vender({ qr, montoCentavos: gente.montoCentavos })
  for (const folio of ['C1-000003', 'C1-000004'])
    await diario.escribir('reembolso', { folio, transaccionId, montoCentavos: gente.montoCentavos, motivo: 'Suela suelta' })
  const otroQr = await cliente.qr()
  await diario.vender({ folio: 'C1-000005', qr: otroQr, montoCentavos: 100_000 })
  await diario.subir()
  const [recompensa] = await crearRecompensas(servidor.deps, negocioId, negocio.dueno.usuarioId, [{ nombre: 'Café gratis', puntos: 80 }])
  const pedidoDeCanje = { negocioId, recompensaId: recompensa!.id, puntos: 80, sucursalId }
  const canje = await canjear(servidor.deps, cliente.usuarioId, pedidoDeCanje, { hechoId: NADIE, llave: null, huella: '' })
  const [venta] = await servidor.db
    .superusuario`select id from transacciones where negocio_id = ${negocioId} order by seq desc limit 1 offset 1`
  const [casa] = await servidor.db.superusuario`select codigo_caja from negocios where negocio_id = ${negocioId}`
  const [aviso] = await servidor.db.superusuario`select id from avisos where negocio_id = ${negocioId} limit 1`
  const ids: Ids = {
    negocio: negocioId,
    sucursal: sucursalId,
    dispositivo: caja.dispositivoId,
    empleado: empleado.id,
    usuario: cliente.usuarioId,
    transaccion: venta.id,
    articulo: articulo!.id,
    cupon: cupon!.id,
    codigoDeCupon: cupon!.codigo,
    imagen: 'ab'.repeat(32),
    aviso: aviso.id,
    cadena: diario.cadenaId,
    licencia: caja.licencia.id,
    identificacion: DE_NADIE.identificacion,
    codigo: casa.codigoCaja,
    veredicto: `${negocioId}|${diario.cadenaId}|2`,
    enlace: enlace.id,
    llave: cliente.tarjeta.llave,
    recompensa: recompensa!.id,
    canje: canje.canjeId,
    codigoDeCanje: canje.codigo,
  }
  return { ids, negocio, caja, correo: cliente.correo }
}
