/** @jsxImportSource preact */
/** Keeps the cupón that was asked for on its public page (CUP-16, 28), as soon as the server is there, and says so. Loaded when there is one. */
import { useEffect, useState } from 'preact/hooks'
import type { Codigo } from '../../schema/core/codigos.ts'
import { textoDe } from '../lib/texto-de-codigo.ts'
import { Icono } from './iconos.tsx'
import { olvidarPorGuardar, type PorGuardar } from './por-guardar.ts'
import type { Sincronia } from './sincronia.ts'
import type { FaseDeCardya } from './situacion.ts'
import { t } from './textos-de-guardar.ts'

interface Propiedades {
  lugar: PorGuardar
  fase: FaseDeCardya
  sincronia: Sincronia | null
}
interface Guardado {
  titulo: string
  negocioNombre: string
}
type Resultado = { ok: true; cupon: Guardado } | { ok: false; porque: Codigo }

export function GuardarCupon({ lugar, fase, sincronia }: Propiedades) {
  const { id, negocioId } = lugar
  const [resultado, setResultado] = useState<Resultado | null>(null)
  const listo = fase === 'al_dia' && sincronia !== null
  useEffect(() => {
    if (!listo) return
    let vivo = true
    void sincronia.pedir(`/api/cardya/cupones/${id}/guardar`, { metodo: 'POST', cuerpo: { negocioId } }).then((hecho) => {
      // No answer came: the next exchange tries again. Keeping it twice is keeping it once.
      if (!vivo || (!hecho.ok && hecho.codigo === 'SIN_CONEXION')) return
      olvidarPorGuardar()
      setResultado(hecho.ok ? { ok: true, cupon: hecho.valor as Guardado } : { ok: false, porque: hecho.codigo })
    })
    return () => {
      vivo = false
    }
  }, [listo, sincronia, id, negocioId])

  if (!resultado) return <Espera fase={fase} />
  const { ok } = resultado
  return (
    <section class="empty panel" role="status" data-guardado={ok ? 'si' : resultado.porque}>
      <Icono de={ok ? 'palomita' : 'atencion'} />
      <h2>{ok ? t.listo : t.noSePudo}</h2>
      <p>{ok ? t.cual(resultado.cupon.titulo, resultado.cupon.negocioNombre) : textoDe(resultado.porque)}</p>
      <a class="btn btn--primary" href={ok ? `#cupon=${id}` : '#cupones'}>
        {ok ? t.ver : t.misCupones}
      </a>
    </section>
  )
}

/** In time it happens by itself; whose session ended has to say who they are. */
function Espera({ fase }: { fase: FaseDeCardya }) {
  const frase = fase === 'sin_sesion' ? t.sinSesion : fase === 'sin_conexion' || fase === 'caida' ? t.sinRed : t.guardando
  return (
    <section class="empty panel" role="status" aria-busy={fase !== 'sin_sesion'}>
      <Icono de="cupon" />
      <p>{frase}</p>
      {fase === 'sin_sesion' && (
        <a class="btn btn--primary" href="#entrar">
          {t.entrar}
        </a>
      )}
    </section>
  )
}
