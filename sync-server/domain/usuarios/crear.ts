import { uuidv7 } from '../../../schema/core/ids.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { calcularNivel } from '../../../schema/domain/niveles/niveles.ts'
import { correo as formaDeCorreo, LARGO_MINIMO_DE_CONTRASENA } from '../../../schema/domain/usuarios/usuario.ts'
import { hashDeContrasena } from '../../auth/contrasenas.ts'
import type { Deps } from '../../context.ts'
import { umbralesDeApp } from '../../sync/configuracion-app.sql.ts'
import { anotarMias, asegurarPerfil, tomarContadorDeUsuario } from '../../sync/mias.sql.ts'

export interface UsuarioNuevo {
  id?: string
  correo: string
  contrasena: string
  nombre: string
  apellidos?: string
  esSuperadmin?: boolean
  /** Settled points a person arrives with: demo worlds only. */
  puntosLifetime?: number
}

/**
 * AUTH-01: one correo, one account. Returns its id.
 * @throws Rechazo CONTRASENA_DEBIL, CORREO_EN_USO
 */
export async function crearUsuario(deps: Pick<Deps, 'db' | 'env' | 'now' | 'azar'>, nuevo: UsuarioNuevo): Promise<string> {
  if (nuevo.contrasena.length < LARGO_MINIMO_DE_CONTRASENA) throw new Rechazo('CONTRASENA_DEBIL', 'contrasena')
  const puntosLifetime = nuevo.puntosLifetime ?? 0
  const fila = {
    id: nuevo.id ?? uuidv7(deps.now(), deps.azar),
    correo: formaDeCorreo.parse(nuevo.correo),
    contrasena_hash: await hashDeContrasena(deps.env.secretKey, nuevo.contrasena),
    nombre: nuevo.nombre,
    apellidos: nuevo.apellidos ?? '',
    es_superadmin: nuevo.esSuperadmin ?? false,
    puntos_lifetime: puntosLifetime,
  }
  const hechas = await deps.db.plataforma(async (sql) => {
    // Nobody is born above bronce but in a demo world.
    const nivel = puntosLifetime > 0 ? calcularNivel(puntosLifetime, await umbralesDeApp(sql)) : 'bronce'
    return sql`insert into usuarios ${sql({ ...fila, nivel_cardya: nivel })} on conflict (correo) do nothing returning id`
  })
  if (!hechas.length) throw new Rechazo('CORREO_EN_USO', 'correo')
  await estrenarStream(deps, fila.id)
  return fila.id
}

/** The shopper's own stream begins with the perfil, so that a card shows its nivel before the first sale. Its own transaction: another counter. */
function estrenarStream(deps: Pick<Deps, 'db' | 'now'>, usuarioId: string): Promise<number> {
  return deps.db.usuario(usuarioId, async (sql) => {
    const contador = await tomarContadorDeUsuario(sql, usuarioId)
    const perfil = await asegurarPerfil(sql, usuarioId)
    return anotarMias(sql, contador, perfil ? [perfil] : [], deps.now())
  })
}
