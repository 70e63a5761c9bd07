# The token server, as a user without rights, who cannot change its code, with the permissions that it needs: docs/deploy.md.
FROM denoland/deno:2.9.6

WORKDIR /app
ENV DENO_DIR=/app/.deno DENO_NO_UPDATE_CHECK=1 NO_COLOR=1
COPY deno.json server.lock mod.ts server.ts ./
COPY links links
COPY src src
COPY playground/index.html playground/
COPY scripts/health.ts scripts/
RUN deno install --lock=server.lock --frozen --entrypoint server.ts

USER deno
ENV HOST=0.0.0.0 PORT=8080 AGORATOKEN_ACCESS_FILE=/run/secrets/access.json
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s CMD ["deno", "run", "--no-prompt", "--cached-only", "--allow-net=127.0.0.1", "--allow-env=PORT", "scripts/health.ts"]
CMD ["deno", "run", "--no-prompt", "--cached-only", "--lock=server.lock", "--frozen", "--allow-net=0.0.0.0", "--allow-env=AGORA_APP_ID,AGORA_APP_ID_FILE,AGORA_APP_CERTIFICATE,AGORA_APP_CERTIFICATE_FILE,APP_ID,APP_ID_FILE,APP_CERTIFICATE,APP_CERTIFICATE_FILE,SHENGWANG_APP_ID,SHENGWANG_APP_ID_FILE,SHENGWANG_APP_CERTIFICATE,SHENGWANG_APP_CERTIFICATE_FILE,HOST,PORT,SERVER_PORT,CORS_ALLOW_ORIGIN,AGORATOKEN_SECOND_CERTIFICATE,AGORATOKEN_SECOND_CERTIFICATE_FILE,AGORATOKEN_PROJECTS,AGORATOKEN_PROJECTS_FILE,AGORATOKEN_OLD_CONTRACT_VERSION,AGORATOKEN_ALLOW_APP_LEVEL_TOKENS,AGORATOKEN_DRAW_UIDS,AGORATOKEN_ACCESS,AGORATOKEN_ACCESS_FILE,AGORATOKEN_ALLOW_PUBLIC_WITHOUT_AUTHENTICATION,AGORATOKEN_RATE_LIMIT,AGORATOKEN_TRUSTED_PROXIES,OTEL_DENO,OTEL_DENO_TRACING,OTEL_TRACES_SAMPLER", "--allow-read=.env,/run/secrets", "server.ts"]
