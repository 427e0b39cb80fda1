/** What a screen asks of cupones and canjes; their code comes when the first of them is asked. */
import type { ReplicaApi } from './api.ts'
import { rechazoDeGuardado } from './guardar.ts'
import type { Mostrador } from './mostrador.ts'
import type { Ayuda } from './verbos.ts'

export type VerbosDeMostrador = Pick<
  ReplicaApi,
  | ('validarCanje' | 'confirmarCanje' | 'canjesDados' | 'arriendoDeCanjes' | 'cupones' | 'cuponPorCodigo' | 'consultarCupon')
  | ('turnoDeCaja' | 'turnosCerrados' | 'abrirTurnoDeCaja' | 'cerrarTurnoDeCaja')
  | ('guardarFoto' | 'foto' | 'fotosPendientes' | 'descartarFoto')
>

export function verbosDeMostrador(
  { abierta, intercambiar }: Pick<Ayuda, 'abierta' | 'intercambiar'>,
  { mostrador }: { mostrador: () => Promise<Mostrador> },
): VerbosDeMostrador {
  return {
    validarCanje: (texto) => abierta(async () => (await mostrador()).canjes.validar(texto)),
    confirmarCanje: (texto) => abierta(async () => (await mostrador()).canjes.confirmar(texto), rechazoDeGuardado),
    canjesDados: () => abierta(async () => (await mostrador()).canjes.dados()),
    arriendoDeCanjes: (accion) =>
      abierta(async () => {
        await (await mostrador()).arriendo.pedirOCeder(accion)
        intercambiar()
        return null
      }),
    cupones: (de) => abierta(async () => (await mostrador()).cupones.de(de)),
    cuponPorCodigo: (codigo, de) => abierta(async () => (await mostrador()).cupones.porCodigo(codigo, de)),
    turnoDeCaja: () => abierta(async () => (await mostrador()).turnosDeCaja.abierto()),
    turnosCerrados: (limite) => abierta(async () => (await mostrador()).turnosDeCaja.cerrados(limite)),
    abrirTurnoDeCaja: (fondo) => abierta(async () => (await mostrador()).turnosDeCaja.abrir(fondo), rechazoDeGuardado),
    cerrarTurnoDeCaja: (contado, nota) => abierta(async () => (await mostrador()).turnosDeCaja.cerrar(contado, nota), rechazoDeGuardado),
    guardarFoto: (archivo) => abierta(async () => (await mostrador()).fotos.guardar(archivo)),
    foto: (hash) =>
      abierta(async () => {
        const { fotos, fotoEnRed } = await mostrador()
        return (await fotos.leer(hash)) ?? fotoEnRed(hash)
      }),
    fotosPendientes: () => abierta(async () => (await mostrador()).fotos.pendientes()),
    descartarFoto: (hash) => abierta(async () => (await mostrador()).fotos.descartar(hash).then(() => null)),
    consultarCupon: (uso) => abierta(async () => (await mostrador()).cupones.consultar(uso).then(() => null)),
  }
}
