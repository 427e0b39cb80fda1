/** `/api/scanya/*`: the counter over HTTP, by the same judge as the tills' journals. */
import { z } from 'zod'
import type { Deps } from '../../context.ts'
import { EJEMPLO } from '../../http/ejemplos.ts'
import type { App } from '../../http/entorno.ts'
import { ruta } from '../../http/ruta.ts'
import { consultaDeHistorial, historial, leerHistorial, leerMiResumen, miResumen } from './consultar.ts'
import { anular, cambiarMonto, pedidoAnulacion, pedidoCambio, pedidoReembolso, reembolsar } from './corregir.ts'
import { CODIGOS_DE_CUPON, EJEMPLO_DE_CUPON, montarCuponesEnMostrador } from './cupones.ts'
import { transaccionRest } from './documento.ts'
import { clienteIdentificado, identificarCliente } from './identificar.ts'
import { enMostrador, exigirPermiso } from './mostrador.ts'
import { leerRepetible } from './repetible.ts'
import { pedidoVenta, vender } from './vender.ts'

const GRUPO = 'scanya'
/** Of an account in several sucursales: in which (EMP-24). Read by the middleware; a till is where it is. */
const enSucursal = z.object({ sucursalId: z.uuid().optional() })
const llave = z.object({ 'idempotency-key': z.string().min(8).max(100).optional() })
const EJEMPLO_TRANSACCION = {
  id: EJEMPLO.usuarioId,
  folio: 'SRV-000123',
  sucursalId: EJEMPLO.sucursalId,
  empleadoId: EJEMPLO.dispositivoId,
  clienteId: EJEMPLO.usuarioId,
  cliente: 'Juan P.',
  monto: 500,
  reembolsado: 0,
  cuponId: null,
  descuento: 0,
  descripcion: '2 pizzas grandes',
  metodoPago: 'efectivo' as const,
  puntosBase: 50,
  multiplicador: 1.5,
  puntosOtorgados: 75,
  puntosDevueltos: 0,
  acreditada: true,
  nivelCliente: 'oro' as const,
  estado: 'completada' as const,
  motivo: null,
  origen: 'normal' as const,
  createdAt: EJEMPLO.ahora,
}
const EJEMPLO_CLIENTE = {
  identificacionId: EJEMPLO.negocioId,
  venceAt: EJEMPLO.ahora + 600_000,
  cliente: {
    clienteId: EJEMPLO.usuarioId,
    nombre: 'Juan P.',
    nivel: 'oro' as const,
    multiplicador: 1.5,
    conocido: true,
    puntosDisponibles: 1_250,
    visitas: 23,
    ultimaVisitaAt: EJEMPLO.ahora,
  },
  cupones: [EJEMPLO_DE_CUPON],
  cuponEscaneado: null,
}

export function montarScanya(app: App, deps: Deps): void {
  montarEscrituras(app, deps)
  montarCorrecciones(app, deps)
  montarConsultas(app, deps)
  montarCuponesEnMostrador(app, deps, EJEMPLO_TRANSACCION)
}

function montarEscrituras(app: App, deps: Deps): void {
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/scanya/identificar-cliente',
      resumen: 'Whose card this QR is (SCAN-45): one sale may use the identification within 10 minutes',
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['dueno', 'gerente', 'empleado', 'caja'],
      consulta: enSucursal,
      cuerpo: z.object({ qrPayload: z.string().min(1).max(400) }),
      datos: clienteIdentificado,
      ejemplo: { cuerpo: { qrPayload: '6BFOXN*TS0BI$ZD.' }, datos: EJEMPLO_CLIENTE },
      codigos: ['SIN_PERMISO', 'DISPOSITIVO_REVOCADO', 'qr_invalido', 'QR_EXPIRADO', 'QR_USADO', 'TARJETA_VENCIDA', 'TARJETA_REVOCADA'],
      antes: [enMostrador(deps, 'escanearQR', { equipo: true })],
    },
    ({ c, cuerpo }) => identificarCliente(deps, c.get('mostrador'), cuerpo.qrPayload),
  )
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/scanya/venta',
      resumen: 'Register a sale (SCAN-38). Idempotency-Key required for an empleado',
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['dueno', 'gerente', 'empleado'],
      consulta: enSucursal,
      cabeceras: llave,
      cuerpo: pedidoVenta,
      datos: transaccionRest,
      ejemplo: {
        cuerpo: { identificacionId: EJEMPLO.negocioId, monto: 500, descripcion: '2 pizzas grandes', metodoPago: 'efectivo' },
        datos: EJEMPLO_TRANSACCION,
      },
      codigos: [
        ...(['SIN_PERMISO', 'MONTO_INVALIDO', 'MONTO_CERO', 'MONTO_NEGATIVO', 'MONTO_DECIMALES', 'MONTO_EXCEDIDO'] as const),
        ...(['IDENTIFICACION_INVALIDA', 'IDEMPOTENCIA_REQUERIDA', 'IDEMPOTENCIA_DISTINTA', 'HECHO_EN_PROCESO'] as const),
        ...(['CLIENTE_NO_ENCONTRADO', 'DEMASIADAS_PETICIONES', ...CODIGOS_DE_CUPON] as const),
      ],
      antes: [enMostrador(deps, 'registrarVentas')],
    },
    async ({ c, cuerpo }) => {
      const m = c.get('mostrador')
      if (cuerpo.cuponId !== undefined || cuerpo.codigo !== undefined) await exigirPermiso(deps, c, 'validarCupones')
      return vender(deps, m, cuerpo, await leerRepetible(deps, c, m, { operacion: 'venta', ...cuerpo }))
    },
  )
  ruta(
    app,
    {
      metodo: 'post',
      camino: '/api/scanya/reembolso/:transaccionId',
      resumen: 'Refund a sale, whole or in part (SCAN-40, 50). Idempotency-Key required for an empleado',
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['dueno', 'gerente', 'empleado'],
      consulta: enSucursal,
      cabeceras: llave,
      cuerpo: pedidoReembolso,
      datos: transaccionRest,
      ejemplo: {
        cuerpo: { motivo: 'Pedido equivocado' },
        datos: { ...EJEMPLO_TRANSACCION, reembolsado: 500, puntosDevueltos: 75, estado: 'reembolsada', motivo: 'Pedido equivocado' },
      },
      codigos: [
        'SIN_PERMISO',
        'MONTO_INVALIDO',
        'reembolso_excedido',
        'IDEMPOTENCIA_REQUERIDA',
        'IDEMPOTENCIA_DISTINTA',
        'HECHO_EN_PROCESO',
      ],
      antes: [enMostrador(deps, 'reembolsos')],
    },
    async ({ c, cuerpo, param }) => {
      const m = c.get('mostrador')
      const transaccionId = param('transaccionId')
      const repetible = await leerRepetible(deps, c, m, { operacion: 'reembolso', transaccionId, ...cuerpo })
      return reembolsar(deps, m, transaccionId, cuerpo, repetible)
    },
  )
}

function montarCorrecciones(app: App, deps: Deps): void {
  const comunes = {
    grupo: GRUPO,
    sesion: true,
    paraQuien: ['dueno', 'gerente', 'empleado'],
    consulta: enSucursal,
    cabeceras: llave,
  } as const
  ruta(
    app,
    {
      ...comunes,
      metodo: 'post',
      camino: '/api/scanya/anulacion/:transaccionId',
      resumen: 'Cancel a sale: it never was (SCAN-51). Idempotency-Key required for an empleado',
      cuerpo: pedidoAnulacion,
      datos: transaccionRest,
      ejemplo: {
        cuerpo: { motivo: 'Se cobró dos veces' },
        datos: { ...EJEMPLO_TRANSACCION, puntosDevueltos: 75, estado: 'anulada', motivo: 'Se cobró dos veces' },
      },
      codigos: ['SIN_PERMISO', 'ya_anulada', 'IDEMPOTENCIA_REQUERIDA', 'IDEMPOTENCIA_DISTINTA', 'HECHO_EN_PROCESO'],
      antes: [enMostrador(deps, 'cancelaciones')],
    },
    async ({ c, cuerpo, param }) => {
      const m = c.get('mostrador')
      const transaccionId = param('transaccionId')
      const repetible = await leerRepetible(deps, c, m, { operacion: 'anulacion', transaccionId, ...cuerpo })
      return anular(deps, m, transaccionId, cuerpo.motivo, repetible)
    },
  )
  ruta(
    app,
    {
      ...comunes,
      metodo: 'post',
      camino: '/api/scanya/cambio-monto/:transaccionId',
      resumen: 'Correct the monto of a sale; its points become those of that monto (SCAN-22). Idempotency-Key required for an empleado',
      cuerpo: pedidoCambio,
      datos: transaccionRest,
      ejemplo: {
        cuerpo: { monto: 450, motivo: 'Se tecleó de más' },
        datos: { ...EJEMPLO_TRANSACCION, monto: 450, puntosBase: 45, puntosOtorgados: 67, motivo: 'Se tecleó de más' },
      },
      codigos: [
        ...(['SIN_PERMISO', 'MONTO_INVALIDO', 'MONTO_CERO', 'MONTO_NEGATIVO', 'MONTO_DECIMALES', 'MONTO_EXCEDIDO', 'ya_anulada'] as const),
        ...(['cambio_excedido', 'IDEMPOTENCIA_REQUERIDA', 'IDEMPOTENCIA_DISTINTA', 'HECHO_EN_PROCESO'] as const),
      ],
      antes: [enMostrador(deps, 'modificarMontos')],
    },
    async ({ c, cuerpo, param }) => {
      const m = c.get('mostrador')
      const transaccionId = param('transaccionId')
      const repetible = await leerRepetible(deps, c, m, { operacion: 'cambio', transaccionId, ...cuerpo })
      return cambiarMonto(deps, m, transaccionId, cuerpo, repetible)
    },
  )
}

function montarConsultas(app: App, deps: Deps): void {
  ruta(
    app,
    {
      metodo: 'get',
      camino: '/api/scanya/historial',
      resumen: 'Sales of a day, newest first (SCAN-39, 52)',
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['dueno', 'gerente', 'empleado'],
      consulta: consultaDeHistorial,
      datos: historial,
      ejemplo: { datos: { transacciones: [EJEMPLO_TRANSACCION], page: 1, limit: 20, total: 1 } },
      codigos: ['SIN_PERMISO', 'DATO_INVALIDO'],
      antes: [enMostrador(deps, null)],
    },
    ({ c, consulta }) => leerHistorial(deps, c.get('mostrador'), consulta),
  )
  ruta(
    app,
    {
      metodo: 'get',
      camino: '/api/scanya/mi-resumen',
      resumen: "Today's numbers of who asks (SCAN-11, 47)",
      grupo: GRUPO,
      sesion: true,
      paraQuien: ['dueno', 'gerente', 'empleado'],
      consulta: enSucursal,
      datos: miResumen,
      ejemplo: { datos: { ventas: 12, total: 4_580, puntosOtorgados: 458, cupones: 2, descuento: 75 } },
      codigos: ['SIN_PERMISO', 'DATO_INVALIDO'],
      antes: [enMostrador(deps, null)],
    },
    ({ c }) => leerMiResumen(deps, c.get('mostrador')),
  )
}
