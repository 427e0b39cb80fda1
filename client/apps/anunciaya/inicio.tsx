/** The front page: in the demo world the story "apaga la red y vende", elsewhere the doors of the apps. */
import { useCallback, useEffect, useState } from 'react'
import { leerDemo, type MundoDemo } from '../../domain/demo/api-demo.ts'
import { Bienvenida } from './bienvenida.tsx'
import { Historia } from './historia.tsx'
import { PuertasDeDemo } from './puertas-de-demo.tsx'
import { t } from './textos.ts'
import './inicio.css'

type Fase = { en: 'abriendo' } | { en: 'demo'; mundo: MundoDemo } | { en: 'normal'; conServidor: boolean }

export function Inicio() {
  const { fase, reintentar } = useFase()
  return (
    <div className="ini" aria-busy={fase.en === 'abriendo'}>
      <header className="ini-barra">
        <span className="ini-marca">
          {t.marca}
          <b>{t.ya}</b>
        </span>
        {fase.en === 'demo' && <span className="ini-demo">{t.demostracion}</span>}
      </header>
      {fase.en === 'demo' && (
        <main className="ini-hojas">
          <Historia />
          <PuertasDeDemo mundo={fase.mundo} />
        </main>
      )}
      {fase.en === 'normal' && <Bienvenida conServidor={fase.conServidor} alReintentar={reintentar} />}
    </div>
  )
}

function useFase(): { fase: Fase; reintentar: () => void } {
  const [fase, setFase] = useState<Fase>({ en: 'abriendo' })
  const preguntar = useCallback(async (vigente: () => boolean) => {
    const r = await leerDemo()
    if (!vigente()) return
    if (r.ok) setFase({ en: 'demo', mundo: r.valor })
    else setFase({ en: 'normal', conServidor: r.codigo === 'NO_ENCONTRADO' })
  }, [])
  useEffect(() => {
    let vivo = true
    void preguntar(() => vivo)
    return () => {
      vivo = false
    }
  }, [preguntar])
  return { fase, reintentar: () => void preguntar(() => true) }
}
