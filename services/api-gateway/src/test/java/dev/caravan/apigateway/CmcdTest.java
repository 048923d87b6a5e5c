package dev.caravan.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.proto.videocatalog.PlaybackReport;
import dev.caravan.proto.videocatalog.Stretch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CmcdTest {

    @Test
    void takesWhatAPlayerReportsOfItsState() {
        assertThat(Cmcd.read("br=(1400),cid=\"17\",com.caravan-height=480,com.caravan-played=(0 9000 20000 21000),"
                        + "cdn=\"cdn.test\",e=ps,msd=412,pt=21000,sf=h,sid=\"0b6e-1\",sn=4,sta=r,ts=1790000000000,v=2"))
                .contains(PlaybackReport.newBuilder()
                        .setVideoId(17)
                        .setSession("0b6e-1")
                        .setNumber(4)
                        .addPlayed(Stretch.newBuilder().setFrom(0).setTo(9000))
                        .addPlayed(Stretch.newBuilder().setFrom(20000).setTo(21000))
                        .setFirstFrameMs(412)
                        .setStalled(true)
                        .setHeight(480)
                        .setEdge("cdn.test")
                        .build());
    }

    @Test
    void takesTheFirstWordOfAnErrorAndNoSentenceOfIt() {
        assertThat(error("ec=(\"fragLoadError\" \"x\")")).isEqualTo("fragLoadError");
        assertThat(error("ec=(\"<script>\")")).isEqualTo("unknown");
        assertThat(error("ec=()")).isEqualTo("unknown");
        assertThat(error("bs")).isEqualTo("unknown");
    }

    @Test
    void leavesOutNumbersThatCanNotBe() {
        PlaybackReport report = Cmcd.read("cid=\"1\",sid=\"s\",sn=0,e=t,msd=999999999,com.caravan-height=-1")
                .orElseThrow();

        assertThat(report.hasFirstFrameMs()).isFalse();
        assertThat(report.getHeight()).isZero();
        assertThat(report.getStalled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense, of no kind =",
                "sid=\"s\",sn=1,e=t",
                "cid=\"v-17\",sid=\"s\",sn=1,e=t",
                "cid=\"0\",sid=\"s\",sn=1,e=t",
                "cid=\"99999999999\",sid=\"s\",sn=1,e=t",
                "cid=17,sid=\"s\",sn=1,e=t",
                "cid=\"17\",sn=1,e=t",
                "cid=\"17\",sid=\"\",sn=1,e=t",
                "cid=\"17\",sid=\"s\",e=t",
                "cid=\"17\",sid=\"s\",sn=-1,e=t",
                "cid=\"17\",sid=\"s\",sn=1.5,e=t",
                "cid=\"17\",sid=\"s\",sn=1",
                "cid=\"17\",sid=\"s\",sn=1,e=t,com.caravan-played=(1 2 3)",
                "cid=\"17\",sid=\"s\",sn=1,e=t,com.caravan-played=(1 -2)",
                "cid=\"17\",sid=\"s\",sn=1,e=t,com.caravan-played=(1 x)",
                "cid=\"17\",sid=\"s\",sn=1,e=t,com.caravan-played=7",
                "{\"cid\": \"17\"}"
            })
    void refusesALineThatIsNone(String line) {
        assertThat(Cmcd.read(line)).isEmpty();
    }

    @Test
    void refusesMoreStretchesThanAPlayerHas() {
        String line = "cid=\"17\",sid=\"s\",sn=1,e=t,com.caravan-played=(%s)";

        assertThat(Cmcd.read(line.formatted("0 1 ".repeat(50).strip()))).isPresent();
        assertThat(Cmcd.read(line.formatted("0 1 ".repeat(51).strip()))).isEmpty();
        assertThat(Cmcd.read("cid=\"17\",sid=\"" + "s".repeat(65) + "\",sn=1,e=t"))
                .isEmpty();
    }

    private static String error(String keys) {
        return Cmcd.read("cid=\"1\",sid=\"s\",sn=0,e=e," + keys).orElseThrow().getError();
    }
}
