import { useEffect, useState } from 'react'

/** Now, ms, moving every `cadaMs`: ages on the screen and the turn of the day. */
export function useReloj(cadaMs = 30_000): number {
  const [ahora, setAhora] = useState(() => Date.now())
  useEffect(() => {
    const id = setInterval(() => setAhora(Date.now()), cadaMs)
    return () => clearInterval(id)
  }, [cadaMs])
  return ahora
}
