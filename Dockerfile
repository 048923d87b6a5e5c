# One image a service: docker build --build-arg SERVICE=user --target service . (encode has --target encode). With
# --build-arg JARS=built nothing is compiled: the service's jar and its bill of
# materials are taken from the folder jars/.
ARG JARS=build

FROM maven:3.9.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -q -B -DskipTests -Dspotless.check.skip \
    -pl services/user,services/authentication,services/upload,services/encode,services/video-catalog,services/cdn-edge,services/api-gateway,services/connectors \
    -am package \
    && mkdir /jars \
    && cp services/*/target/*.jar /jars/ \
    && for materials in services/*/target/classes/META-INF/sbom/application.cdx.json; do \
        service="${materials#services/}" && cp "${materials}" "/jars/${service%%/*}.cdx.json"; done

FROM scratch AS built
ARG SERVICE
COPY jars/${SERVICE}.jar jars/${SERVICE}.cdx.json /jars/

FROM ${JARS} AS jars

# What changes seldom lies below what changes often, so that an image of a new version is a small one.
FROM eclipse-temurin:17.0.15_6-jre-noble AS layers
ARG SERVICE
COPY --from=jars /jars/${SERVICE}.jar /
RUN java -Djarmode=tools -jar "/${SERVICE}.jar" extract --layers --destination /layers \
    && mv "/layers/application/${SERVICE}.jar" /layers/application/service.jar
# Unpacked it would be lost.
COPY --from=jars /jars/${SERVICE}.cdx.json /layers/application/sbom.cdx.json

FROM eclipse-temurin:17.0.15_6-jre-noble AS runtime
# Keys come by volumes, which take the owner of these folders. Nobody becomes another user here.
RUN find / -xdev -type f -perm /6000 -exec chmod a-s {} + \
    && useradd --system --uid 10001 --user-group caravan \
    && install -d -o caravan -g caravan -m 700 /keys/token /keys/cdn-private /work \
    && install -d -o caravan -g caravan /keys/cdn-public
WORKDIR /app
ENV CARAVAN_HOST=0.0.0.0
# A service that has no memory left is better started anew.
ENTRYPOINT ["java", "-XX:SharedArchiveFile=classes.jsa", "-Xlog:cds=off", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "service.jar"]
LABEL org.opencontainers.image.licenses="Apache-2.0"

FROM runtime AS encode
ARG FFMPEG_VERSION=7:6.1.1-*
# ffmpeg with libx264. Its jail needs perl, which the base image has.
RUN apt-get update \
    && apt-get install -y --no-install-recommends "ffmpeg=${FFMPEG_VERSION}" \
    && rm -rf /var/lib/apt/lists/*
COPY --from=layers /layers/dependencies/ /layers/snapshot-dependencies/ ./
COPY --from=layers /layers/application/ ./
RUN --mount=type=bind,source=config/images/archive-classes,target=/archive-classes \
    sh /archive-classes && rm -rf /tmp/*
ARG SERVICE
ARG VERSION=local
ARG REVISION=unknown
LABEL org.opencontainers.image.title="caravan/${SERVICE}" \
    org.opencontainers.image.version="${VERSION}" \
    org.opencontainers.image.revision="${REVISION}"
USER 10001:10001

FROM runtime AS service
COPY --from=layers /layers/dependencies/ /layers/snapshot-dependencies/ ./
COPY --from=layers /layers/application/ ./
RUN --mount=type=bind,source=config/images/archive-classes,target=/archive-classes \
    sh /archive-classes && rm -rf /tmp/*
ARG SERVICE
ARG VERSION=local
ARG REVISION=unknown
LABEL org.opencontainers.image.title="caravan/${SERVICE}" \
    org.opencontainers.image.version="${VERSION}" \
    org.opencontainers.image.revision="${REVISION}"
USER 10001:10001
